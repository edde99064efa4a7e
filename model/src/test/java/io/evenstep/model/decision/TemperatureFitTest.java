package io.evenstep.model.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TemperatureFitTest {
  private static final int CLASSES = 3;
  private static final int ROWS = 12_000;

  /** Labels are drawn from the true probabilities; the network's logits are too large. */
  @Test
  void findsTheFactorByWhichLogitsAreTooLarge() {
    assertThat(fitted(2.5).temperature()).isCloseTo(2.5, offset(0.1));
    assertThat(fitted(0.5).temperature()).isCloseTo(0.5, offset(0.02));
    assertThat(fitted(1).temperature()).isCloseTo(1, offset(0.04));
  }

  @Test
  void isSuchThatNoOtherTemperatureHasALowerLoss() {
    double best = fitted(2).temperature();
    double least = logLoss(2, best);
    for (double other : new double[] {best * 0.99, best * 1.01, 1, 5}) {
      assertThat(logLoss(2, other)).isGreaterThan(least);
    }
  }

  @Test
  void isTheSameBitsWhenPartsAreMergedInOrder() throws IOException {
    TemperatureFit whole = new TemperatureFit(CLASSES);
    TemperatureFit merged = new TemperatureFit(CLASSES);
    TemperatureFit part = new TemperatureFit(CLASSES);
    SplittableRandom random = new SplittableRandom(3);
    for (int row = 0; row < ROWS; row++) {
      Drawn drawn = Drawn.of(random, 3);
      whole.add(drawn.given(), drawn.actual());
      part.add(drawn.given(), drawn.actual());
      if (row % 1_000 == 999) {
        merged.add(copied(part));
        part = new TemperatureFit(CLASSES);
      }
    }
    assertThat(merged.temperature()).isEqualTo(whole.temperature());
  }

  @Test
  void isOneWithoutRowsAndBoundedWhenEveryRowIsRight() {
    assertThat(new TemperatureFit(2).temperature()).isEqualTo(1);
    TemperatureFit sure = new TemperatureFit(2);
    sure.add(new double[] {0.4, 0.6}, 1);
    assertThat(sure.temperature()).isCloseTo(Math.exp(-3), offset(1e-6));
  }

  private static TemperatureFit copied(TemperatureFit fit) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    fit.write(new DataOutputStream(bytes));
    return TemperatureFit.read(
        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), CLASSES);
  }

  private static TemperatureFit fitted(double factor) {
    TemperatureFit fit = new TemperatureFit(CLASSES);
    SplittableRandom random = new SplittableRandom(1);
    for (int row = 0; row < ROWS; row++) {
      Drawn drawn = Drawn.of(random, factor);
      fit.add(drawn.given(), drawn.actual());
    }
    return fit;
  }

  private static double logLoss(double factor, double temperature) {
    Decision decision = new Decision(temperature, 0.5);
    SplittableRandom random = new SplittableRandom(1);
    double sum = 0;
    for (int row = 0; row < ROWS; row++) {
      Drawn drawn = Drawn.of(random, factor);
      sum -= Math.log(decision.calibrated(drawn.given())[drawn.actual()]);
    }
    return sum / ROWS;
  }

  /** A row: what an overconfident network says, and the class. */
  private static final class Drawn {
    private final double[] given;
    private final int actual;

    private Drawn(double[] given, int actual) {
      this.given = given;
      this.actual = actual;
    }

    static Drawn of(SplittableRandom random, double factor) {
      double[] logits = new double[CLASSES];
      for (int i = 0; i < CLASSES; i++) {
        logits[i] = 4 * random.nextDouble() - 2;
      }
      double[] right = softmax(logits, 1);
      double place = random.nextDouble();
      int actual = place < right[0] ? 0 : place < right[0] + right[1] ? 1 : 2;
      return new Drawn(softmax(logits, factor), actual);
    }

    private static double[] softmax(double[] logits, double factor) {
      double[] parts = new double[CLASSES];
      double sum = 0;
      for (int i = 0; i < CLASSES; i++) {
        parts[i] = Math.exp(factor * logits[i]);
        sum += parts[i];
      }
      for (int i = 0; i < CLASSES; i++) {
        parts[i] /= sum;
      }
      return parts;
    }

    double[] given() {
      return given;
    }

    int actual() {
      return actual;
    }
  }
}
