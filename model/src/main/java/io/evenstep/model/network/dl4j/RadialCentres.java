package io.evenstep.model.network.dl4j;

import io.evenstep.model.layer.Rbf;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Training rows as the first centres of radial basis functions whose input is the network's. Those
 * of other layers keep what they were drawn as.
 */
public final class RadialCentres {
  private RadialCentres() {}

  /** A layer of radial basis functions, and the input of the network that it takes. */
  private record Place(Layer layer, int input) {
    int units() {
      return Math.toIntExact(layer.getParam(Rbf.CENTRES).size(1));
    }
  }

  /** How many rows {@link #fill} can use; 0 if the network has no such layer. */
  public static int rows(Network network) {
    return places(network).stream().mapToInt(Place::units).max().orElse(0);
  }

  /**
   * Makes each row the centre of one unit, in order. Units beyond the rows keep their centres.
   *
   * @param inputs one array for each input, [rows, ...]
   */
  public static void fill(Network network, List<INDArray> inputs) {
    for (Place place : places(network)) {
      INDArray centres = place.layer.getParam(Rbf.CENTRES); // [inputs, units]
      INDArray given = inputs.get(place.input);
      INDArray rows = given.dup('c').reshape('c', given.size(0), centres.size(0));
      for (int unit = 0; unit < Math.min(place.units(), rows.size(0)); unit++) {
        centres.putColumn(unit, rows.getRow(unit).reshape(centres.size(0), 1));
      }
    }
  }

  private static List<Place> places(Network network) {
    if (network.model() instanceof ComputationGraph graph) {
      return places(graph);
    }
    Layer first = ((MultiLayerNetwork) network.model()).getLayer(0);
    return isRadial(first) ? List.of(new Place(first, 0)) : List.of();
  }

  private static List<Place> places(ComputationGraph graph) {
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    List<Place> places = new ArrayList<>();
    for (Layer layer : graph.getLayers()) {
      List<String> from =
          configuration.getVertexInputs().get(layer.conf().getLayer().getLayerName());
      int input =
          from == null || from.isEmpty()
              ? -1
              : configuration.getNetworkInputs().indexOf(from.get(0));
      if (isRadial(layer) && input >= 0) {
        places.add(new Place(layer, input));
      }
    }
    return places;
  }

  private static boolean isRadial(Layer layer) {
    return layer.conf().getLayer() instanceof Rbf;
  }
}
