package io.evenstep.worker.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.engine.Region;
import io.evenstep.model.network.dl4j.LayerRange;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UpdateRatioTest {
  @Test
  void isTheNormOfTheChangeOverTheNormOfTheParameters() {
    Region parameters = Region.allocate(4);
    FloatBuffer values = parameters.bytes().asFloatBuffer();
    values.put(new float[] {3, 4, 0, 2});
    UpdateRatio ratio =
        new UpdateRatio(parameters, List.of(new LayerRange("0", 0, 3), new LayerRange("1", 3, 4)));

    ratio.before();
    values.put(2, 1);
    UpdateRatio.Ratios moved = ratio.after();

    assertThat(moved.layers()).containsExactly(1 / 5.0, 0.0);
    assertThat(moved.whole()).isCloseTo(1 / Math.sqrt(29), within(1e-12));
  }

  @Test
  void looksAtSomeParametersOfALargeNetwork() {
    int length = 5 * UpdateRatio.MOST_PARAMETERS + 17;
    Region parameters = Region.allocate(length);
    FloatBuffer values = parameters.bytes().asFloatBuffer();
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < length; i++) {
      values.put(i, (float) random.nextDouble(-1, 1));
    }
    UpdateRatio ratio = new UpdateRatio(parameters, List.of());

    ratio.before();
    for (int i = 0; i < length; i++) {
      values.put(i, values.get(i) * 1.01f);
    }

    assertThat(ratio.after().whole()).isCloseTo(0.01, within(1e-5));
    assertThat(ratio.after().layers()).isEmpty();
  }
}
