package io.evenstep.model.catalog.layer;

import static io.evenstep.model.catalog.layer.LayerType.ACTIVATION;
import static io.evenstep.model.catalog.layer.LayerType.BIAS;
import static io.evenstep.model.catalog.layer.LayerType.DROPOUT;

import io.evenstep.model.catalog.Activations;
import io.evenstep.model.catalog.Arguments;
import io.evenstep.model.catalog.Catalogue;
import io.evenstep.model.catalog.Entry;
import io.evenstep.model.catalog.Parameter;
import io.evenstep.model.catalog.Rule;
import io.evenstep.model.layer.Gru;
import io.evenstep.model.layer.Jordan;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;

/** Layer types for sequences. */
final class SequenceLayers {
  /** The parameter that the network's builder fills in. */
  static final String VOCABULARY = "vocabulary";

  private static final Set<LayerInput> SEQUENCE = LayerType.kinds(LayerInput.SEQUENCE);
  private static final Parameter UNITS =
      Parameter.required("units", Rule.COUNT, "outputs at each step");
  private static final Parameter RECURRENT_ACTIVATION =
      Parameter.choice("activation", Activations.names(), "tanh", "of the output");
  private static final Parameter RETURN_SEQUENCES =
      Parameter.of(
          "returnSequences",
          Rule.FLAG,
          false,
          "whether the output has all steps, or only the last");

  private SequenceLayers() {}

  static void addTo(Catalogue<LayerType> all) {
    addLstm(all);
    addGru(all);
    addSimpleRnn(all);
    addJordan(all);
    addWindows(all);
    all.add(
        Entry.of(
            "embedding",
            "a vector for each whole number: a row of numbers becomes a sequence of vectors",
            Parameter.optional(
                VOCABULARY,
                Rule.COUNT,
                "how many numbers there are, counted from 0; must be given"),
            Parameter.required("units", Rule.COUNT, "size of the vectors")),
        new LayerType(
            LayerType.kinds(LayerInput.VECTOR),
            (a, d) ->
                List.of(
                    new EmbeddingSequenceLayer.Builder()
                        .nIn(a.whole(VOCABULARY))
                        .nOut(a.whole("units"))
                        .inferInputLength(true)
                        .build())));
  }

  private static void addLstm(Catalogue<LayerType> all) {
    all.add(
            Entry.of(
                "lstm",
                "long short-term memory, Hochreiter and Schmidhuber 1997",
                UNITS,
                RECURRENT_ACTIVATION,
                RETURN_SEQUENCES,
                DROPOUT),
            new LayerType(SEQUENCE, (a, d) -> recurrent(lstm(a), a, d)))
        .add(
            Entry.of(
                "bidirectionalLstm",
                "an LSTM in each direction, side by side; gives all steps",
                UNITS,
                RECURRENT_ACTIVATION,
                DROPOUT),
            new LayerType(
                SEQUENCE,
                (a, d) ->
                    LayerType.withDropout(
                        new Bidirectional(Bidirectional.Mode.CONCAT, lstm(a)), a, d)));
  }

  private static void addGru(Catalogue<LayerType> all) {
    all.add(
            Entry.of(
                "gru",
                "gated recurrent units, Cho and others 2014",
                UNITS,
                RETURN_SEQUENCES,
                DROPOUT),
            new LayerType(SEQUENCE, (a, d) -> recurrent(new Gru(a.whole("units")), a, d)))
        .add(
            Entry.of(
                "bidirectionalGru",
                "gated recurrent units in each direction, side by side; gives all steps",
                UNITS,
                DROPOUT),
            new LayerType(
                SEQUENCE,
                (a, d) ->
                    LayerType.withDropout(
                        new Bidirectional(Bidirectional.Mode.CONCAT, new Gru(a.whole("units"))),
                        a,
                        d)));
  }

  private static void addSimpleRnn(Catalogue<LayerType> all) {
    all.add(
        Entry.of(
            "simpleRnn",
            "simple recurrent layer, Elman 1990",
            UNITS,
            RECURRENT_ACTIVATION,
            RETURN_SEQUENCES,
            DROPOUT),
        new LayerType(
            SEQUENCE,
            (a, d) ->
                recurrent(
                    new SimpleRnn.Builder()
                        .nOut(a.whole("units"))
                        .activation(LayerType.activation(a, "tanh"))
                        .build(),
                    a,
                    d)));
  }

  private static void addJordan(Catalogue<LayerType> all) {
    all.add(
        Entry.of(
            "jordan",
            "a hidden layer that sees the outputs of the step before, Jordan 1986",
            Parameter.required("units", Rule.COUNT, "of the hidden layer"),
            Parameter.required("outputs", Rule.COUNT, "at each step, by tanh"),
            RETURN_SEQUENCES,
            DROPOUT),
        new LayerType(
            SEQUENCE, (a, d) -> recurrent(new Jordan(a.whole("units"), a.whole("outputs")), a, d)));
  }

  private static LSTM lstm(Arguments a) {
    return new LSTM.Builder()
        .nOut(a.whole("units"))
        .activation(LayerType.activation(a, "tanh"))
        .build();
  }

  private static List<Layer> recurrent(Layer layer, Arguments a, LayerDefaults d) {
    return LayerType.withDropout(a.flag("returnSequences") ? layer : new LastTimeStep(layer), a, d);
  }

  private static void addWindows(Catalogue<LayerType> all) {
    Parameter kernel = Parameter.of("kernel", Rule.COUNT, 3, "steps");
    Parameter stride = Parameter.of("stride", Rule.COUNT, 1, "step");
    all.add(
            Entry.of(
                "conv1d",
                "convolution over steps",
                Parameter.required("filters", Rule.COUNT, "output features"),
                kernel,
                stride,
                ImageLayers.PADDING,
                ACTIVATION,
                DROPOUT,
                BIAS),
            new LayerType(SEQUENCE, SequenceLayers::convolution))
        .add(
            Entry.of(
                "maxPool1d",
                "the maximum over a window of steps",
                Parameter.of("kernel", Rule.COUNT, 2, "steps")),
            new LayerType(SEQUENCE, (a, d) -> pool(PoolingType.MAX, a)))
        .add(
            Entry.of(
                "avgPool1d",
                "the mean over a window of steps",
                Parameter.of("kernel", Rule.COUNT, 2, "steps")),
            new LayerType(SEQUENCE, (a, d) -> pool(PoolingType.AVG, a)));
  }

  private static List<Layer> convolution(Arguments a, LayerDefaults d) {
    Convolution1DLayer.Builder builder = new Convolution1DLayer.Builder();
    builder.nOut(a.whole("filters"));
    builder.kernelSize(a.whole("kernel"));
    builder.stride(a.whole("stride"));
    builder.convolutionMode(ImageLayers.mode(a));
    builder.hasBias(a.flag("bias"));
    builder.activation(LayerType.activation(a, d.activation()));
    return LayerType.withDropout(builder.build(), a, d);
  }

  private static List<Layer> pool(PoolingType type, Arguments a) {
    int steps = a.whole("kernel");
    return List.of(new Subsampling1DLayer.Builder(type).kernelSize(steps).stride(steps).build());
  }
}
