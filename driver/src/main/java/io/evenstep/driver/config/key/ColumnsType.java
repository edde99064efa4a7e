package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.ListType;
import io.evenstep.driver.config.value.MapParts;
import io.evenstep.driver.config.value.Node;
import io.evenstep.driver.config.value.Problems;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.config.value.ValueRule;
import io.evenstep.driver.config.value.ValueType;
import io.evenstep.driver.data.spec.ColumnGaps;
import io.evenstep.driver.data.spec.ColumnSpec;
import io.evenstep.driver.data.spec.DataSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Feature columns: names, or maps with a name and settings of the column. */
record ColumnsType() implements ValueType<List<ColumnSpec>> {
  static final ColumnsType COLUMNS = new ColumnsType();

  private static final Key<String> COLUMN =
      Key.of("column", ScalarType.TEXT, "Name of the column, a range (`c0..c63`) or a glob (`p*`).")
          .where(ValueRule.notBlank())
          .required();
  private static final Key<ColumnSpec.Type> TYPE =
      Key.of("type", ScalarType.choice(ColumnSpec.Type.class), "Type of the column's values.")
          .otherwise("numeric in a CSV; else from the column's own type");
  private static final Key<ColumnSpec.CategoryEncoding> ENCODING =
      Key.of(
              "encoding",
              ScalarType.choice(ColumnSpec.CategoryEncoding.class),
              "Type `categorical` only: how a category becomes numbers.")
          .byDefault(ColumnSpec.CategoryEncoding.ONE_HOT);
  private static final Key<List<Long>> SHAPE =
      Key.of(
              "shape",
              ListType.LONGS,
              "Type `image` only: [channels, height, width] that every image is scaled to.")
          .where(ValueRule.each(ValueRule.atLeast(1)))
          .where(new ValueRule<>("must be [channels, height, width]", shape -> shape.size() == 3))
          .where(ValueRule.rowFits())
          .otherwise("the shape of the first image");
  static final Key<Integer> LENGTH =
      Key.of(
              "length",
              ScalarType.INTEGER,
              "Types `sequence` and `vector`: length of a value. Type `tokens`: tokens of a row.")
          .where(ValueRule.between(1, ValueRule.MOST_NUMBERS_A_ROW))
          .otherwise("the length in the first row; 64 tokens");
  private static final Key<DataSpec.Normalization> NORMALIZE =
      Key.of(
              "normalize",
              ScalarType.choice(DataSpec.Normalization.class),
              "How the column's numbers are scaled.")
          .otherwise("the value of `data.normalize`");

  private static final Key<DataSpec.Missing> MISSING =
      Key.of(
              "missing",
              ScalarType.choice(DataSpec.Missing.class),
              "What to do with an empty value of the column.")
          .otherwise("the value of `data.missing`");
  private static final Key<Double> FILL =
      Key.of(
              "fill",
              ScalarType.NUMBER,
              "Value that replaces an empty one of the column, if `missing` is fill or not set.")
          .otherwise("the value of `data.fill`");
  private static final Key<Boolean> INDICATOR =
      Key.of(
              "indicator",
              ScalarType.FLAG,
              "Whether the network gets an additional number, which is 1 if the value is missing.")
          .byDefault(false);
  private static final Map<String, List<ColumnSpec.Type>> OWNERS =
      Map.of(
          "encoding", List.of(ColumnSpec.Type.CATEGORICAL),
          "shape", List.of(ColumnSpec.Type.IMAGE),
          "length",
              List.of(ColumnSpec.Type.SEQUENCE, ColumnSpec.Type.VECTOR, ColumnSpec.Type.TOKENS));
  private static final Set<ColumnSpec.Type> NUMBERS =
      Set.of(ColumnSpec.Type.NUMERIC, ColumnSpec.Type.ORDINAL);
  private static final Set<DataSpec.Normalization> BY_RANK =
      Set.of(DataSpec.Normalization.ROBUST, DataSpec.Normalization.QUANTILE);

  /** The keys of a column's map. */
  static final List<Key<?>> PARTS =
      Key.joined(
          List.of(COLUMN, TYPE, ENCODING, SHAPE, LENGTH, NORMALIZE, MISSING, FILL, INDICATOR),
          DetailKeys.PARTS);

  @Override
  public String words() {
    return "column names, or maps with a column and its settings";
  }

  @Override
  public Optional<List<ColumnSpec>> read(String key, Node node, Problems problems) {
    if (!(node instanceof Node.Sequence) && !(node instanceof Node.Scalar s && !s.isNothing())) {
      problems.add(key, "must be a list of " + words(), node.text());
      return Optional.empty();
    }
    List<Node> nodes = node instanceof Node.Sequence list ? list.items() : List.of(node);
    List<ColumnSpec> columns = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      column(key + "[" + i + "]", nodes.get(i), problems).ifPresent(columns::add);
    }
    return columns.size() == nodes.size() ? Optional.of(columns) : Optional.empty();
  }

  private static Optional<ColumnSpec> column(String key, Node node, Problems problems) {
    Map<String, Node> parts =
        node instanceof Node.Mapping mapping ? mapping.entries() : Map.of("column", node);
    MapParts read = new MapParts(key, parts, PARTS);
    Optional<ColumnSpec.Type> type = read.find(TYPE);
    ColumnSpec spec =
        new ColumnSpec(
            read.find(COLUMN).orElse(""),
            type,
            read.find(ENCODING).orElse(ColumnSpec.CategoryEncoding.ONE_HOT),
            read.find(SHAPE).orElse(List.of()),
            read.find(LENGTH).orElse(0),
            read.find(NORMALIZE),
            new ColumnGaps(read.find(MISSING), read.find(FILL), read.find(INDICATOR).orElse(false)),
            DetailKeys.read(read, type));
    requireFit(read, type);
    boolean byRank = spec.normalize().filter(BY_RANK::contains).isPresent();
    if (byRank && type.filter(known -> !NUMBERS.contains(known)).isPresent()) {
      read.refuse("normalize", "must not be robust or quantile unless type is numeric or ordinal");
    }
    problems.addAll(read.problems());
    return read.problems().isEmpty() ? Optional.of(spec) : Optional.empty();
  }

  private static void requireFit(MapParts parts, Optional<ColumnSpec.Type> type) {
    Map<String, List<ColumnSpec.Type>> owners = new LinkedHashMap<>(OWNERS);
    owners.putAll(DetailKeys.OWNERS);
    for (Key<?> key : PARTS) {
      String part = key.name();
      List<ColumnSpec.Type> types = owners.get(part);
      if (types == null) {
        continue;
      }
      if (parts.has(part) && type.filter(types::contains).isEmpty()) {
        List<String> words = types.stream().map(ScalarType::spelling).toList();
        parts.refuse(part, "must not be set unless type is " + String.join(" or ", words));
      }
    }
  }

  @Override
  public Node parse(String key, String text, Problems problems) {
    return ListType.TEXTS.parse(key, text, problems);
  }

  /** The column in the form of the job file. */
  static Map<String, Object> plain(ColumnSpec column) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("column", column.name());
    column.type().ifPresent(type -> parts.put("type", ScalarType.spelling(type)));
    if (column.type().equals(Optional.of(ColumnSpec.Type.CATEGORICAL))) {
      parts.put("encoding", ScalarType.spelling(column.encoding()));
    }
    if (!column.shape().isEmpty()) {
      parts.put("shape", column.shape());
    }
    if (column.length() > 0) {
      parts.put("length", column.length());
    }
    column.normalize().ifPresent(n -> parts.put("normalize", ScalarType.spelling(n)));
    column.gaps().missing().ifPresent(m -> parts.put("missing", ScalarType.spelling(m)));
    column.gaps().fill().ifPresent(fill -> parts.put("fill", fill));
    if (column.gaps().indicator()) {
      parts.put("indicator", true);
    }
    DetailKeys.addPlain(column.details(), parts);
    return parts;
  }
}
