package io.evenstep.worker.comm;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.network.FlatArrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ChunkTest {
  private static final int FLOATS = 1003;

  /** So that the sum of gradients does not depend on who adds them. */
  @Test
  void addsByJavaToTheBitsOfNd4jsSum() {
    INDArray left = numbers(1);
    INDArray right = numbers(2);
    INDArray byNd4j = Nd4j.create(FLOATS);
    Vectors.add(left, right, byNd4j);

    Chunk.addHere(FlatArrays.bytes(left), FlatArrays.bytes(right), FlatArrays.bytes(left));

    assertThat(FlatArrays.sha256(left)).isEqualTo(FlatArrays.sha256(byNd4j));
  }

  private static INDArray numbers(long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[FLOATS];
    for (int i = 0; i < FLOATS; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return Nd4j.createFromArray(numbers);
  }
}
