package io.evenstep.driver.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.Scaling;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.TensorEncoding;
import io.evenstep.model.data.pack.PackIndex;
import io.evenstep.model.data.pack.PackSplit;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/** Facts about a run's rows: splits, columns, and how similar the splits are. */
final class DataCard {
  /** Maximum number of columns listed individually. */
  private static final int MOST_COLUMNS = 100;

  private DataCard() {}

  /**
   * Reads the pack's index and a sample of its rows.
   *
   * @throws IOException when a block cannot be read
   */
  static ObjectNode of(Pack pack, Configuration hadoop) throws IOException {
    PackIndex index = pack.index();
    Map<String, PackSplit> splits = new LinkedHashMap<>();
    splits.put("train", index.train());
    splits.put("validation", index.validation());
    splits.put("test", index.test());
    Map<String, SplitSample> samples = new LinkedHashMap<>();
    for (Map.Entry<String, PackSplit> each : splits.entrySet()) {
      if (each.getValue().rows() > 0) {
        samples.put(each.getKey(), SplitSample.of(pack, each.getValue(), hadoop));
      }
    }
    ObjectNode card = JsonNodeFactory.instance.objectNode();
    ObjectNode rows = card.putObject("rows");
    splits.forEach((name, split) -> rows.put(name, split.rows()));
    card.put("dropped", index.droppedRows());
    ObjectNode missing = card.putObject("missing");
    index.gaps().missing().entrySet().stream()
        .limit(MOST_COLUMNS)
        .forEach(each -> missing.put(each.getKey(), each.getValue()));
    ArrayNode notices = card.putArray("notices");
    index.notices().forEach(notices::add);
    ObjectNode looked = card.putObject("sampled");
    samples.forEach((name, sample) -> looked.put(name, sample.rows()));
    card.set("columns", columns(index.encoding(), samples));
    card.set("classes", classes(index.encoding(), samples));
    return card;
  }

  private static ArrayNode columns(Encoding encoding, Map<String, SplitSample> samples) {
    ArrayNode columns = JsonNodeFactory.instance.arrayNode();
    for (TensorEncoding input : encoding.inputs()) {
      int place = 0; // index of the segment's first number in the first input
      for (Segment segment : input.segments()) {
        boolean isFirstInput = input == encoding.inputs().get(0);
        add(columns, input, segment, isFirstInput ? samples : Map.of(), place);
        place += segment.width();
      }
    }
    return columns;
  }

  private static void add(
      ArrayNode columns,
      TensorEncoding input,
      Segment segment,
      Map<String, SplitSample> samples,
      int from) {
    int width = segment.width() / segment.columns().size();
    for (int i = 0; i < segment.columns().size() && columns.size() < MOST_COLUMNS; i++) {
      ObjectNode column = columns.addObject();
      column.put("input", input.name());
      column.put("column", segment.columns().get(i));
      column.put("kind", segment.kind().name().toLowerCase(Locale.ROOT));
      column.put("numbers", width);
      column.put("categories", segment.categories().size());
      ObjectNode figures = column.putObject("splits");
      int first = from + i * width;
      int pairs = segment.scaling().shift().size();
      boolean isOfColumn = pairs > 0 && pairs <= segment.columns().size();
      Scaling scaling = isOfColumn ? segment.scaling() : Scaling.NONE;
      int pair = isOfColumn ? i * pairs / segment.columns().size() : 0;
      boolean isOneHot = segment.kind() == Segment.Kind.ONE_HOT && width <= MOST_COLUMNS;
      samples.forEach(
          (name, sample) -> {
            ObjectNode known = sample.figures(first, first + width, scaling, pair);
            if (isOneHot) {
              ArrayNode shares = known.putArray("shares");
              sample.means(first, first + width).forEach(share -> Numbers.add(shares, share));
            }
            figures.set(name, known);
          });
    }
  }

  private static ObjectNode classes(Encoding encoding, Map<String, SplitSample> samples) {
    ObjectNode classes = JsonNodeFactory.instance.objectNode();
    if (!encoding.classes().isEmpty()) {
      ArrayNode names = classes.putArray("names");
      encoding.classes().forEach(names::add);
      ObjectNode counts = classes.putObject("counts");
      samples.forEach(
          (name, sample) -> {
            ArrayNode of = counts.putArray(name);
            for (long count : sample.classes(encoding.classes().size())) {
              of.add(count);
            }
          });
    }
    return classes;
  }

  /** The blocks of a split to sample: a few, evenly spaced. */
  static PackSplit sampled(PackSplit split, int mostBlocks) {
    int count = split.blocks().size();
    int taken = Math.min(count, mostBlocks);
    return PackSplit.of(
        IntStream.range(0, taken)
            .mapToObj(i -> split.blocks().get((int) ((long) i * count / taken)))
            .toList());
  }
}
