package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.ListType;
import io.evenstep.driver.config.value.MapParts;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.config.value.ValueRule;
import io.evenstep.driver.data.spec.ColumnDetails;
import io.evenstep.driver.data.spec.ColumnSpec.Type;
import io.evenstep.driver.data.spec.Shaping;
import io.evenstep.model.data.column.TextRecipe;
import io.evenstep.model.data.column.TextRecipe.Weighting;
import io.evenstep.model.data.token.TokenRecipe;
import io.evenstep.model.data.token.TokenRecipe.Unit;
import io.evenstep.model.time.TimeFormat;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parts of a feature column that only some types have. */
final class DetailKeys {
  /** Names of {@link io.evenstep.model.data.cell.NumberText}. */
  static final List<String> NUMBER_FORMATS = List.of("plain", "point", "comma");

  private static final String PAIR = "must be two numbers, the smaller one first";
  private static final int MOST_UNITS = 10;
  private static final int USUAL_TERMS = 1_000;
  private static final int TOKENS_OF_A_ROW = 64;
  private static final ListType<Double> NUMBERS =
      new ListType<>(ScalarType.NUMBER, "a list of numbers");

  private static final Key<String> FORMAT =
      Key.of(
              "format",
              ScalarType.TEXT,
              "Type `time`: iso, epoch-seconds, epoch-millis, or a Java pattern such as"
                  + " `d.M.yyyy H:mm`. Type `numeric`: plain; point for numbers such as `$1,234.50`"
                  + " and `12 %`; comma for `1.234,50 €`.")
          .otherwise("iso for times, plain for numbers");
  private static final Key<List<String>> LEVELS =
      Key.of("levels", ListType.TEXTS, "Type `ordinal` only: all values, lowest first.")
          .where(ValueRule.someTexts())
          .where(
              new ValueRule<>(
                  "must name at least 2 levels, each once",
                  names -> names.size() > 1 && new HashSet<>(names).size() == names.size()));
  private static final Key<Shaping.Function> TRANSFORM =
      Key.of(
              "transform",
              ScalarType.choice(Shaping.Function.class),
              "Types `numeric` and `ordinal` only: a function applied before scaling: log is ln(1 +"
                  + " x), signed-log is sign(x) ln(1 + |x|), power is that of Yeo and Johnson,"
                  + " fitted to the training rows.")
          .byDefault(Shaping.Function.NONE);
  private static final Key<List<Double>> CLIP =
      Key.of(
              "clip",
              NUMBERS,
              "Types `numeric` and `ordinal` only: [least, greatest] number; numbers outside are"
                  + " set to the nearer one.")
          .where(new ValueRule<>(PAIR, DetailKeys::isPair));
  private static final Key<List<Double>> CLIP_QUANTILES =
      Key.of(
              "clipQuantiles",
              NUMBERS,
              "The same as shares of the training rows, such as [0.01, 0.99].")
          .where(new ValueRule<>(PAIR, DetailKeys::isPair))
          .where(ValueRule.each(ValueRule.<Double>between(0, 1)));
  private static final Key<Unit> UNIT =
      Key.of(
              "unit",
              ScalarType.choice(Unit.class),
              "Type `text`: what a term is a run of, word or character. Type `tokens`: what a token"
                  + " is, a character, a word, or a piece of a word learned by byte-pair encoding.")
          .otherwise("word for text, character for tokens");
  private static final Key<List<Long>> LENGTHS =
      Key.of(
              "ngrams",
              ListType.LONGS,
              "Type `text` only: [shortest, longest] term, in words or characters.")
          .where(ValueRule.each(ValueRule.<Long>between(1, MOST_UNITS)))
          .where(
              new ValueRule<>(
                  "must be two lengths, the shorter one first",
                  lengths -> lengths.size() == 2 && lengths.get(0) <= lengths.get(1)))
          .otherwise("[1, 2] words, [3, 4] characters");
  private static final Key<Weighting> WEIGHTING =
      Key.of(
              "weighting",
              ScalarType.choice(Weighting.class),
              "Type `text` only: counts of terms, or TF-IDF.")
          .byDefault(Weighting.TF_IDF);
  private static final Key<Integer> TERMS =
      Key.of(
              "terms",
              ScalarType.INTEGER,
              "Type `text`: how many numbers at most; the terms are those that most training rows"
                  + " have. Type `tokens`: size of the vocabulary at most, which holds the most"
                  + " frequent tokens of the training rows, and one for all others.")
          .where(ValueRule.between(1, 1 << 20))
          .byDefault(USUAL_TERMS);
  private static final Key<Integer> CHARACTERS =
      Key.of(
              "characters",
              ScalarType.INTEGER,
              "Type `tokens` with unit piece, format `text`: most characters of a row. Pieces that"
                  + " exceed `length` are not used.")
          .where(ValueRule.between(2, 1 << 24))
          .otherwise("2 x `length`");
  private static final Key<Boolean> HASHED =
      Key.of(
              "hashed",
              ScalarType.FLAG,
              "Type `text` only: whether a term's number is a hash of it, so that no list of terms"
                  + " is kept.")
          .byDefault(false);

  private static final Key<Boolean> PADDED =
      Key.of(
              "padded",
              ScalarType.FLAG,
              "Type `sequence` only: whether rows may have fewer numbers than `length`, or than the"
                  + " longest row without it; a mask tells the network which there are.")
          .byDefault(false);

  static final List<Key<?>> PARTS =
      List.of(
          PADDED,
          FORMAT,
          LEVELS,
          TRANSFORM,
          CLIP,
          CLIP_QUANTILES,
          UNIT,
          LENGTHS,
          WEIGHTING,
          TERMS,
          CHARACTERS,
          HASHED);

  /** The types that a part belongs to. */
  static final Map<String, List<Type>> OWNERS =
      Map.ofEntries(
          Map.entry("padded", List.of(Type.SEQUENCE)),
          Map.entry("format", List.of(Type.TIME, Type.NUMERIC)),
          Map.entry("levels", List.of(Type.ORDINAL)),
          Map.entry("transform", List.of(Type.NUMERIC, Type.ORDINAL)),
          Map.entry("clip", List.of(Type.NUMERIC, Type.ORDINAL)),
          Map.entry("clipQuantiles", List.of(Type.NUMERIC, Type.ORDINAL)),
          Map.entry("unit", List.of(Type.TEXT, Type.TOKENS)),
          Map.entry("characters", List.of(Type.TOKENS)),
          Map.entry("ngrams", List.of(Type.TEXT)),
          Map.entry("weighting", List.of(Type.TEXT)),
          Map.entry("terms", List.of(Type.TEXT, Type.TOKENS)),
          Map.entry("hashed", List.of(Type.TEXT)));

  private DetailKeys() {}

  private static boolean isPair(List<Double> numbers) {
    return numbers.size() == 2 && numbers.get(0) < numbers.get(1);
  }

  static ColumnDetails read(MapParts parts, Optional<Type> type) {
    Shaping shaping =
        new Shaping(
            parts.find(TRANSFORM).orElse(Shaping.Function.NONE),
            parts.find(CLIP).orElse(List.of()),
            parts.find(CLIP_QUANTILES).orElse(List.of()));
    Optional<TextRecipe> text = type.filter(Type.TEXT::equals).map(known -> recipe(parts));
    Optional<String> format = parts.find(FORMAT);
    List<String> levels = parts.find(LEVELS).orElse(List.of());
    requireFit(parts, type, format);
    boolean logs = shaping.transform() == Shaping.Function.LOG;
    if (logs && !shaping.clip().isEmpty() && shaping.clip().get(0) <= -1) {
      parts.refuse(
          "clip", "must begin above -1 for transform log; signed-log and power take any number");
    }
    boolean padded = parts.find(PADDED).orElse(false);
    Optional<TokenRecipe> tokens = type.filter(Type.TOKENS::equals).map(known -> tokens(parts));
    return new ColumnDetails(format, levels, shaping, text, padded, tokens);
  }

  private static void requireFit(MapParts parts, Optional<Type> type, Optional<String> format) {
    if (type.equals(Optional.of(Type.ORDINAL)) && !parts.has("levels")) {
      parts.refuse("levels", "must be given for type ordinal: all values, lowest first");
    }
    if (parts.has("clip") && parts.has("clipQuantiles")) {
      parts.refuse("clipQuantiles", "must not be set together with clip");
    }
    boolean time = type.equals(Optional.of(Type.TIME));
    if (time && format.filter(name -> !TimeFormat.isFormat(name)).isPresent()) {
      parts.refuse(
          "format",
          "must be iso, epoch-seconds, epoch-millis or a pattern of Java's DateTimeFormatter");
    }
    boolean numeric = type.equals(Optional.of(Type.NUMERIC));
    if (numeric && format.filter(name -> !NUMBER_FORMATS.contains(name)).isPresent()) {
      parts.refuse("format", "must be plain, point or comma for type numeric");
    }
  }

  private static TokenRecipe tokens(MapParts parts) {
    int length = parts.find(ColumnsType.LENGTH).orElse(TOKENS_OF_A_ROW);
    Unit unit = parts.find(UNIT).orElse(Unit.CHARACTER);
    int terms = Math.max(2, parts.find(TERMS).orElse(USUAL_TERMS));
    if (parts.has("characters") && unit != Unit.PIECE) {
      parts.refuse("characters", "must not be set unless unit is piece");
    }
    TokenRecipe usual = new TokenRecipe(unit, length, terms);
    return parts
        .find(CHARACTERS)
        .map(characters -> new TokenRecipe(unit, length, terms, characters))
        .orElse(usual);
  }

  private static TextRecipe recipe(MapParts parts) {
    Unit given = parts.find(UNIT).orElse(Unit.WORD);
    if (given == Unit.PIECE) {
      parts.refuse("unit", "must be word or character for type text");
    }
    TextRecipe.Unit unit =
        given == Unit.CHARACTER ? TextRecipe.Unit.CHARACTER : TextRecipe.Unit.WORD;
    List<Long> usual = unit == TextRecipe.Unit.WORD ? List.of(1L, 2L) : List.of(3L, 4L);
    List<Long> lengths = parts.find(LENGTHS).orElse(usual);
    return new TextRecipe(
        unit,
        Math.toIntExact(lengths.get(0)),
        Math.toIntExact(lengths.get(1)),
        parts.find(WEIGHTING).orElse(Weighting.TF_IDF),
        parts.find(TERMS).orElse(USUAL_TERMS),
        parts.find(HASHED).orElse(false));
  }

  /** Adds the settings in the form of the job file. */
  static void addPlain(ColumnDetails details, Map<String, Object> parts) {
    details.format().ifPresent(format -> parts.put("format", format));
    addUnlessEmpty("levels", details.levels(), parts);
    if (details.shaping().transform() != Shaping.Function.NONE) {
      parts.put("transform", ScalarType.spelling(details.shaping().transform()));
    }
    addUnlessEmpty("clip", details.shaping().clip(), parts);
    addUnlessEmpty("clipQuantiles", details.shaping().clipQuantiles(), parts);
    if (details.padded()) {
      parts.put("padded", true);
    }
    details.text().ifPresent(recipe -> addText(recipe, parts));
    details.tokens().ifPresent(recipe -> addTokens(recipe, parts));
  }

  private static void addUnlessEmpty(String name, List<?> list, Map<String, Object> parts) {
    if (!list.isEmpty()) {
      parts.put(name, list);
    }
  }

  private static void addTokens(TokenRecipe recipe, Map<String, Object> parts) {
    parts.put("length", recipe.length());
    parts.put("unit", ScalarType.spelling(recipe.unit()));
    parts.put("terms", recipe.terms());
    if (recipe.unit() == Unit.PIECE) {
      parts.put("characters", recipe.characters());
    }
  }

  private static void addText(TextRecipe recipe, Map<String, Object> parts) {
    parts.put("unit", ScalarType.spelling(recipe.unit()));
    parts.put("ngrams", List.of((long) recipe.least(), (long) recipe.most()));
    parts.put("weighting", ScalarType.spelling(recipe.weighting()));
    parts.put("terms", recipe.terms());
    parts.put("hashed", recipe.hashed());
  }
}
