package io.evenstep.model.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class FlatArraysTest {
  @Test
  void sharesTheMemoryOfAViewWithItsOffset() {
    INDArray whole = Nd4j.arange(10).castTo(DataType.FLOAT);
    INDArray view = whole.get(NDArrayIndex.interval(3, 7));

    ByteBuffer bytes = FlatArrays.bytes(view);
    bytes.putFloat(4, 42f);

    assertThat(bytes.remaining()).isEqualTo(16);
    assertThat(bytes.getFloat(0)).isEqualTo(3f);
    assertThat(whole.getFloat(4)).isEqualTo(42f);
  }
}
