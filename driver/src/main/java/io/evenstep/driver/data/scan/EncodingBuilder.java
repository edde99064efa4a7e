package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.measure.NumberFit;
import io.evenstep.driver.data.measure.TextSegment;
import io.evenstep.driver.data.measure.TokenSegment;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.DataSpec.Normalization;
import io.evenstep.driver.data.spec.DataSpec.Task;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.Gaps;
import io.evenstep.model.data.Scaling;
import io.evenstep.model.data.Scaling.Stage;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.Segment.Kind;
import io.evenstep.model.data.Storage;
import io.evenstep.model.data.TensorEncoding;
import io.evenstep.model.data.Unseen;
import io.evenstep.model.data.column.Transform;
import java.util.ArrayList;
import java.util.List;

/** Builds the encoding of records from the layout and the result of the first pass. */
public final class EncodingBuilder {
  private static final String RECONSTRUCTION = "reconstruction"; // the output's name

  private final DataSpec spec;
  private final RowLayout layout;
  private final ScanTotals totals;
  private final Fills fills;

  public EncodingBuilder(DataSpec spec, RowLayout layout, ScanTotals totals) {
    this.spec = spec;
    this.layout = layout;
    this.totals = totals;
    this.fills = new Fills(layout, totals);
  }

  public Encoding build() {
    List<TensorEncoding> inputs = new ArrayList<>();
    int first = 0; // index of the input's first feature among all
    for (RowLayout.Input input : layout.inputs()) {
      List<Segment> segments = segments(first, first + input.features().size());
      inputs.add(new TensorEncoding(input.name(), shape(input, segments), segments));
      first += input.features().size();
    }
    TokenSegment.requireAlone(inputs);
    return new Encoding(
        Encoding.VERSION,
        inputs,
        spec.labels().task() == Task.RECONSTRUCTION
            ? List.of(inputs.get(0).copied(RECONSTRUCTION))
            : outputs(inputs),
        layout.leniency().missing(),
        layout.leniency().fill(),
        layout.leniency().unseen(),
        weights(),
        spec.leniency().absent());
  }

  private List<Segment> segments(int from, int to) {
    List<Segment> segments = new ArrayList<>();
    for (int first = from; first < to; ) {
      int end = first + 1;
      while (end < to && alike(first, end)) {
        end++;
      }
      segments.add(segment(first, end));
      first = end;
    }
    return segments;
  }

  private List<TensorEncoding> weights() {
    return layout.weights().isEmpty()
        ? List.of()
        : List.of(
            new TensorEncoding(
                "weight", List.of(1L), List.of(numbers(layout.weights(), Scaling.NONE, ""))));
  }

  /** Numeric columns that are no features. */
  private static Segment numbers(List<String> columns, Scaling scaling, String format) {
    return new Segment(
        Kind.NUMBER, columns, List.of(), Storage.F32, List.of(), scaling, Gaps.AS_ENCODED, format);
  }

  /** Whether two features can share a segment; each categorical feature has its own. */
  private boolean alike(int one, int other) {
    Feature a = layout.features().get(one);
    Feature b = layout.features().get(other);
    return a.kind() == Kind.NUMBER
        && b.kind() == Kind.NUMBER
        && a.normalize() == b.normalize()
        && a.gaps().equals(b.gaps())
        && a.format().equals(b.format())
        && a.shaping().equals(b.shaping())
        && stage(one) == stage(other);
  }

  private Segment segment(int first, int end) {
    Feature feature = layout.features().get(first);
    if (feature.kind().isCategory()) {
      return category(
              feature.kind(),
              feature.column(),
              NameOrder.sorted(totals.categories(first)),
              layout.leniency().unseen())
          .with(feature.gaps().with(List.of()));
    } else if (feature.isText()) {
      return TextSegment.of(
          feature.kind(),
          feature.column(),
          feature.format(),
          totals.terms(first),
          feature.gaps().with(List.of()));
    } else if (feature.isFitted()) {
      return number(first, end, fitted(first, end));
    }
    List<Double> shift = new ArrayList<>();
    List<Double> scale = new ArrayList<>();
    for (int i = first; i < end; i++) {
      addScaling(i, shift, scale);
    }
    return number(first, end, new Scaling(shift, scale, stage(first)));
  }

  private Segment number(int first, int end, Scaling scaling) {
    Feature feature = layout.features().get(first);
    return new Segment(
        feature.kind(),
        layout.features().subList(first, end).stream().map(Feature::column).toList(),
        feature.shape(),
        feature.storage(),
        feature.reading().levels(),
        scaling,
        feature.kind() == Kind.INDICATOR
            ? Gaps.AS_ENCODED
            : feature.gaps().with(fills.numbers(first, end)),
        feature.format());
  }

  private Scaling fitted(int first, int end) {
    List<Double> shift = new ArrayList<>();
    List<Double> scale = new ArrayList<>();
    List<List<Transform>> transforms = new ArrayList<>();
    for (int i = first; i < end; i++) {
      Feature feature = layout.features().get(i);
      NumberFit fit = NumberFit.of(feature.shaping(), feature.normalize(), totals.sample(i));
      if (feature.shaping().clips() && !fit.takesAll()) {
        throw new ConfigException(
            "data.features." + feature.column() + ".clipQuantiles",
            "must cut off numbers of -1 and less for transform log; signed-log and power take any",
            feature.shaping().clipQuantiles());
      }
      shift.add(fit.shift());
      scale.add(fit.scale());
      transforms.add(fit.transforms());
    }
    return new Scaling(shift, scale, Stage.PACKING, transforms);
  }

  private Stage stage(int index) {
    Feature feature = layout.features().get(index);
    if (feature.isFitted()) {
      return Stage.PACKING;
    }
    return feature.storage() == Storage.F32
            && feature.needsStatistics()
            && Spread.isFineForFloats(feature, totals.stats(index))
        ? Stage.PACKING
        : Stage.READING;
  }

  private static Segment category(
      Kind kind, String column, List<String> categories, Unseen unseen) {
    return new Segment(
        kind,
        List.of(column),
        List.of(),
        Storage.forIndexes(categories.size() + (unseen.isTakenBy(kind) ? 1 : 0)),
        categories,
        Scaling.NONE);
  }

  private void addScaling(int index, List<Double> shift, List<Double> scale) {
    Feature feature = layout.features().get(index);
    if (feature.normalize() == Normalization.SCALE && !feature.needsStatistics()) {
      shift.add(0.0);
      scale.add(1.0 / 255);
    } else if (feature.needsStatistics()) {
      ColumnStats stats = totals.stats(index);
      for (int group = 0; group < feature.groups(); group++) {
        ColumnScale learned = ColumnScale.of(feature.normalize(), stats, group);
        shift.add(learned.shift());
        scale.add(learned.scale());
      }
    }
  }

  private static List<Long> shape(RowLayout.Input input, List<Segment> segments) {
    long numbers = segments.stream().mapToLong(Segment::width).sum();
    if (input.shape().isEmpty()) {
      return naturalShape(input.features(), numbers);
    }
    long asked = input.shape().stream().reduce(1L, Math::multiplyExact);
    if (asked != numbers) {
      throw new ConfigException(
          input.key(),
          "must have room for the " + numbers + " numbers of the features",
          input.shape());
    }
    return input.shape();
  }

  /**
   * A single image keeps its shape; sequences of one length are stacked; otherwise the row is flat.
   */
  private static List<Long> naturalShape(List<Feature> features, long numbers) {
    Feature first = features.get(0);
    if (features.size() == 1 && first.shape().size() == 3) {
      return first.shape();
    }
    boolean sequences =
        features.stream()
            .allMatch(feature -> feature.isSequence() && feature.shape().equals(first.shape()));
    if (!sequences && features.stream().anyMatch(Feature::isPadded)) {
      throw new ConfigException(
          "data.features",
          "must be padded sequences of one length alone: set length, or give other columns an"
              + " input of their own with data.inputs",
          features.stream().map(Feature::column).toList());
    }
    return sequences ? List.of((long) features.size(), first.shape().get(1)) : List.of(numbers);
  }

  private List<TensorEncoding> outputs(List<TensorEncoding> inputs) {
    List<TensorEncoding> outputs = new ArrayList<>();
    int label = 0; // among all
    for (RowLayout.Output output : layout.outputs()) {
      if (output.task() == Task.NEXT_TOKEN) {
        outputs.add(TokenSegment.next(output.name(), inputs));
        continue;
      }
      Segment segment =
          output.task() == Task.REGRESSION ? labels(output, label) : classes(output, label);
      segment = segment.with(labelGaps());
      outputs.add(
          new TensorEncoding(output.name(), List.of((long) segment.width()), List.of(segment)));
      label += output.columns().size();
    }
    return outputs;
  }

  private Gaps labelGaps() {
    return switch (spec.labels().rule().missing()) {
      case AS_FEATURE -> Gaps.AS_ENCODED;
      case REFUSE -> new Gaps(Gaps.Rule.REFUSE, List.of());
      case DROP -> new Gaps(Gaps.Rule.DROP, List.of());
    };
  }

  /** Numeric labels, scaled if the job says so. */
  private Segment labels(RowLayout.Output output, int label) {
    Normalization normalize = spec.labels().rule().normalize();
    if (normalize == Normalization.NONE) {
      return numbers(output.columns(), Scaling.NONE, spec.labels().rule().format());
    }
    List<Double> shift = new ArrayList<>();
    List<Double> scale = new ArrayList<>();
    for (int i = 0; i < output.columns().size(); i++) {
      ColumnScale learned = ColumnScale.of(normalize, totals.labelStats(label + i), 0);
      shift.add(learned.shift());
      scale.add(learned.scale());
    }
    Scaling scaling = new Scaling(shift, scale, Stage.PACKING);
    return numbers(output.columns(), scaling, spec.labels().rule().format());
  }

  private Segment classes(RowLayout.Output output, int label) {
    String column = output.columns().get(0);
    List<String> classes =
        output.classes().isEmpty()
            ? NameOrder.sorted(totals.classes(label).keySet())
            : output.classes();
    if (classes.size() < 2) {
      throw new DataException(
          "Invalid data in column " + column + ": must have at least 2 classes, got " + classes);
    }
    return category(Kind.ONE_HOT, column, classes, Unseen.REFUSE);
  }
}
