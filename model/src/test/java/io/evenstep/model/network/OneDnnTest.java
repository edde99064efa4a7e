package io.evenstep.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.network.dl4j.Dl4jNetwork;
import io.evenstep.model.network.dl4j.Network;
import java.lang.reflect.Field;
import java.util.Map;
import org.deeplearning4j.nn.layers.LayerHelper;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNSubsamplingHelper;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;

/**
 * Fails when convolutions do not use oneDNN: without the property, or without our Nd4jCpu class.
 */
class OneDnnTest {
  private static final String HELPERS_OFF = "org.eclipse.deeplearning4j.helpers.disable";
  private static final Shape IMAGE = Shape.of(1, 28, 28);

  @Test
  void convolutionsAndPoolingGoThroughOneDnn() throws ReflectiveOperationException {
    MultiLayerNetwork lenet = lenet();

    assertThat(helper(lenet, 0)).isInstanceOf(MKLDNNConvHelper.class);
    assertThat(helper(lenet, 1)).isInstanceOf(MKLDNNSubsamplingHelper.class);
    assertThat(contextOf(helper(lenet, 0), "context")).as("forward ran in the helper").isNotNull();
    assertThat(contextOf(helper(lenet, 0), "contextBwd")).as("and backward").isNotNull();
  }

  @Test
  void theTestAboveWouldSeeHelpersTurnedOff() {
    String before = System.setProperty(HELPERS_OFF, "true");
    try {
      assertThat(lenet().getLayer(0).getHelper()).isNull();
    } finally {
      System.setProperty(HELPERS_OFF, before);
    }
  }

  /** After one gradient. */
  private static MultiLayerNetwork lenet() {
    Network network =
        Networks.build(
            SampleNetworks.spec(new NetworkSpec.Named("lenet", Map.of())),
            DataShape.of(IMAGE, Shape.of(10), Task.CLASSIFICATION));
    MiniBatch batch = SampleNetworks.batch(4, IMAGE, 10, 1);
    network.computeGradient(batch, 1);
    return (MultiLayerNetwork) ((Dl4jNetwork) network).model();
  }

  private static LayerHelper helper(MultiLayerNetwork network, int layer) {
    return network.getLayer(layer).getHelper();
  }

  private static Object contextOf(LayerHelper helper, String name)
      throws ReflectiveOperationException {
    Field field = MKLDNNConvHelper.class.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(helper);
  }
}
