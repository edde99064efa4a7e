package io.evenstep.worker.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.worker.progress.ProgressEvent.LossPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossTrailTest {
  private final LossTrail trail = new LossTrail();

  @Test
  void tellsFewStepsOneByOne() {
    trail.add(1, 12, 4);
    trail.add(2, 4, 4);

    assertThat(trail.mean()).isEqualTo(2);
    assertThat(trail.take()).containsExactly(new LossPoint(1, 3), new LossPoint(2, 1));
    assertThat(trail.take()).isEmpty();
  }

  @Test
  void tellsManyStepsInMeansThatLeaveNoneOut() {
    int steps = 1_000;
    double sum = 0;
    for (int step = 1; step <= steps; step++) {
      trail.add(step, step, 1);
      sum += step;
    }

    assertThat(trail.mean()).isCloseTo(sum / steps, within(1e-9));
    List<LossPoint> points = trail.take();
    assertThat(points).hasSizeBetween(LossTrail.MOST_POINTS / 2, LossTrail.MOST_POINTS);
    assertThat(points.get(points.size() - 1).step()).isEqualTo(steps);
    long before = 0;
    for (LossPoint point : points) { // mean of the steps since the previous point
      assertThat(point.loss()).isCloseTo((before + 1 + point.step()) / 2.0, within(1e-9));
      before = point.step();
    }
  }
}
