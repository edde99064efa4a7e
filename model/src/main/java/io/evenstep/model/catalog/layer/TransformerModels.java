package io.evenstep.model.catalog.layer;

import io.evenstep.model.catalog.Arguments;
import io.evenstep.model.catalog.Catalogue;
import io.evenstep.model.catalog.Entry;
import io.evenstep.model.catalog.Parameter;
import io.evenstep.model.catalog.Rule;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Transformers (Vaswani and others 2017), with the normalization before each part. */
final class TransformerModels {
  private static final Parameter VOCABULARY =
      Parameter.optional(
          "vocabulary", Rule.COUNT, "how many tokens there are, counted from 0; must be given");
  private static final Parameter BLOCKS = Parameter.of("blocks", Rule.COUNT, 2, "one on another");
  private static final Parameter UNITS =
      Parameter.of("units", Rule.COUNT, 64, "size of each step's vector");
  private static final Parameter HEADS =
      Parameter.of("heads", Rule.COUNT, 4, "of each attention; must divide the units");
  private static final Parameter FEED_FORWARD =
      Parameter.optional(
          "feedForward", Rule.COUNT, "units of the dense layer at each step; left out: 4 x units");
  private static final Parameter DROPOUT =
      Parameter.of("dropout", Rule.FRACTION, 0.1, "after positions, attention and dense layer");

  private static final Parameter TIED =
      Parameter.of(
          Models.TIE,
          Rule.FLAG,
          false,
          "whether the output layer uses the transpose of the token embedding as its weights");

  private TransformerModels() {}

  static void addTo(Catalogue<Function<Arguments, List<Map<String, Object>>>> all) {
    all.add(
            Entry.of(
                "transformer-encoder",
                "attention to all tokens, and the mean of the steps",
                VOCABULARY,
                BLOCKS,
                UNITS,
                HEADS,
                FEED_FORWARD,
                DROPOUT),
            a -> layers(a, false))
        .add(
            Entry.of(
                "transformer-lm",
                "attention to earlier tokens, and an output at each step: a causal language model",
                VOCABULARY,
                BLOCKS,
                UNITS,
                HEADS,
                FEED_FORWARD,
                DROPOUT,
                TIED),
            a -> layers(a, true));
  }

  private static List<Map<String, Object>> layers(Arguments a, boolean isCausal) {
    LayerList net = new LayerList();
    int units = a.whole("units");
    double dropout = a.number("dropout");
    if (a.has("vocabulary")) {
      net.add("embedding", "units", units, "vocabulary", a.whole("vocabulary"));
    } else {
      net.add("embedding", "units", units);
    }
    String here = net.add("positions", "dropout", dropout);
    for (int block = 0; block < a.whole("blocks"); block++) {
      net.add("layerNorm", "from", here);
      String seen =
          net.add(
              "selfAttention", "heads", a.whole("heads"), "causal", isCausal, "dropout", dropout);
      here = net.sum(here, seen, "identity");
      net.add("layerNorm", "from", here);
      net.add(
          "stepDense",
          "units",
          a.has("feedForward") ? a.whole("feedForward") : 4 * units,
          "activation",
          "gelu",
          "dropout",
          0.0);
      String dense =
          net.add("stepDense", "units", units, "activation", "identity", "dropout", dropout);
      here = net.sum(here, dense, "identity");
    }
    net.add("layerNorm");
    if (!isCausal) {
      net.add("globalPool", "pooling", "avg");
    }
    return net.all();
  }
}
