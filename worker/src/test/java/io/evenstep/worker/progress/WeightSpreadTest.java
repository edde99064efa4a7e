package io.evenstep.worker.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.engine.Region;
import io.evenstep.model.network.dl4j.LayerRange;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightSpreadTest {
  @Test
  void countsTheWeightsOfEachLayerBetweenItsLeastAndItsGreatest() {
    Region parameters = Region.allocate(35);
    FloatBuffer values = parameters.bytes().asFloatBuffer();
    for (int i = 0; i < 31; i++) {
      values.put(i, i);
    }
    values.put(31, new float[] {-2, -2, -2, -2});
    List<LayerRange> layers = List.of(new LayerRange("0", 0, 31), new LayerRange("1", 31, 35));

    List<ProgressEvent.Histogram> spread = new WeightSpread(parameters, layers).look();

    assertThat(spread).hasSize(2);
    ProgressEvent.Histogram first = spread.get(0);
    assertThat(first.least()).isZero();
    assertThat(first.greatest()).isEqualTo(30);
    assertThat(first.sum()).isEqualTo(465);
    assertThat(first.sumOfSquares()).isEqualTo(9455);
    assertThat(first.counts()).hasSize(30).startsWith(1L, 1L).endsWith(2L);
    assertThat(spread.get(1).counts()).startsWith(4L, 0L);
  }

  @Test
  void tellsNothingOfVeryManyLayersAndCountsNothingThatIsNotFinite() {
    Region parameters = Region.allocate(100);
    parameters.bytes().asFloatBuffer().put(1, Float.NaN);
    LayerRange all = new LayerRange("0", 0, 100);

    assertThat(new WeightSpread(parameters, Collections.nCopies(65, all)).look()).isEmpty();
    assertThat(new WeightSpread(parameters, List.of(all)).look().get(0).counts()).containsOnly(0L);
  }
}
