package parley.load.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapTest {

  @Test
  void all_parts_of_the_heap_are_added_up_and_nothing_else() {
    var metrics =
        """
        # TYPE jvm_memory_used_bytes gauge
        jvm_memory_used_bytes{area="heap",id="G1 Eden Space"} 2.097152E7
        jvm_memory_used_bytes{area="heap",id="G1 Old Gen"} 1000.0
        jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 5.0E7
        jvm_memory_max_bytes{area="heap",id="G1 Old Gen"} 3.0E8
        """;

    assertThat(Heap.used(metrics)).isEqualTo(20_972_520);
  }
}
