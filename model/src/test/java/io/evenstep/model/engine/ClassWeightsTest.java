package io.evenstep.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.data.MiniBatch;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class ClassWeightsTest {
  private static final ClassWeights WEIGHTS = new ClassWeights(List.of(0.5f, 4f));

  private static float[] weights(MiniBatch batch) {
    return batch.weights().orElseThrow().reshape(batch.rows()).toFloatVector();
  }

  private static MiniBatch rows(float[][] labels) {
    return MiniBatch.of(Nd4j.zeros(labels.length, 1), Nd4j.create(labels));
  }

  @Test
  void balancedClassesCountAlike() {
    ClassWeights balanced = ClassWeights.balanced(List.of(90L, 0L, 10L));

    assertThat(balanced.byClass()).containsExactly((float) (100 / 180.0), 1f, 5f);
  }

  @Test
  void rowsHaveTheWeightOfTheirClass() {
    MiniBatch batch = WEIGHTS.weighted(rows(new float[][] {{0, 1}, {1, 0}, {0.25f, 0.75f}}));

    assertThat(batch.weights().orElseThrow().shape()).containsExactly(3, 1);
    assertThat(weights(batch)).containsExactly(4f, 0.5f, 3.125f);
  }

  @Test
  void oneProbabilityIsThatOfTheSecondClass() {
    assertThat(weights(WEIGHTS.weighted(rows(new float[][] {{1}, {0}})))).containsExactly(4f, 0.5f);
  }

  @Test
  void comesOnTopOfTheWeightsThatRowsHave() {
    MiniBatch plain = rows(new float[][] {{0, 1}, {1, 0}});
    AtomicInteger closed = new AtomicInteger();
    MiniBatch own =
        new MiniBatch(
            plain.features(),
            plain.labels(),
            List.of(),
            List.of(),
            Optional.of(Nd4j.create(new float[][] {{2}, {3}})),
            2,
            closed::incrementAndGet);

    MiniBatch batch = WEIGHTS.weighted(own);

    assertThat(weights(batch)).containsExactly(8f, 1.5f);
    batch.close();
    assertThat(closed).hasValue(1);
  }

  @Test
  void withoutWeightsABatchStaysAsItIs() {
    MiniBatch batch = rows(new float[][] {{0, 1}});

    assertThat(ClassWeights.NONE.weighted(batch)).isSameAs(batch);
  }

  @Test
  void refusesWhatIsNoFactor() {
    assertThatThrownBy(() -> new ClassWeights(List.of(1f, -1f)))
        .hasMessage("Invalid class weight: must be a number of at least 0, got -1.0");
  }
}
