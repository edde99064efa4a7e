package io.evenstep.driver.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.worker.progress.ProgressEvent.LossPoint;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RangeCurveTest {
  private static final double FROM = 1e-5;
  private static final int STEPS = 101;
  private static final double FACTOR = Math.pow(1e6, 1.0 / (STEPS - 1)); // up to 10

  /** A curve whose loss is a function of the rate's decimal logarithm. */
  private static RangeCurve curve(DoubleUnaryOperator loss) {
    List<LossPoint> losses =
        IntStream.rangeClosed(1, STEPS)
            .mapToObj(
                step ->
                    new LossPoint(
                        step, loss.applyAsDouble(Math.log10(FROM * Math.pow(FACTOR, step - 1.0)))))
            .toList();
    return RangeCurve.of(FROM, FACTOR, losses);
  }

  @Test
  void suggestsTheRateOfTheSteepestFall() {
    RangeCurve curve = // falls from 2 to 1 around 1e-2, and rises above 1
        curve(decade -> 1.5 - 0.5 * Math.tanh(3 * (decade + 2)) + Math.exp(6 * decade));

    assertThat(Math.log10(curve.suggestion().orElseThrow())).isBetween(-2.15, -1.85);
    assertThat(Math.log10(curve.lowestRate().orElseThrow())).isBetween(-1.5, -0.4);
  }

  @Test
  void noiseDoesNotMoveTheSuggestionFar() {
    RangeCurve curve =
        curve(
            decade ->
                1.5
                    - 0.5 * Math.tanh(3 * (decade + 2))
                    + Math.exp(6 * decade)
                    + 0.05 * Math.sin(400 * decade));

    assertThat(Math.log10(curve.suggestion().orElseThrow())).isBetween(-2.4, -1.6);
  }

  @Test
  void suggestsNothingWhenTheLossNeverFalls() {
    RangeCurve curve = curve(decade -> 1 + Math.exp(decade));

    assertThat(curve.suggestion()).isEmpty();
  }

  @Test
  void writesARowForEachPoint() {
    RangeCurve curve = curve(decade -> 1);

    assertThat(curve.csv().lines()).hasSize(STEPS + 1);
    assertThat(curve.csv()).startsWith("step,rate,loss,smoothed\n1,1.00000e-05,1.00000,1.00000");
  }
}
