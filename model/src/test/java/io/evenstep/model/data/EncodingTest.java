package io.evenstep.model.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.DataException;
import io.evenstep.model.data.Segment.Kind;
import io.evenstep.model.data.cell.InvalidValueException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EncodingTest {
  private static final Segment NUMBERS =
      new Segment(
          Kind.NUMBER,
          List.of("age", "height"),
          List.of(),
          Storage.F32,
          List.of(),
          new Scaling(List.of(10.0, 100.0), List.of(0.5, 0.1)));
  private static final Segment COLOUR =
      new Segment(
          Kind.ONE_HOT,
          List.of("colour"),
          List.of(),
          Storage.U8,
          List.of("blue", "green", "red"),
          Scaling.NONE);
  private static final Segment PIXELS =
      new Segment(
          Kind.NUMBERS,
          List.of("pixels"),
          List.of(2L, 1L, 2L),
          Storage.U8,
          List.of(),
          new Scaling(List.of(0.0, 1.0), List.of(1.0, 2.0)));
  private static final Segment SIZE =
      new Segment(
          Kind.INDEX, List.of("size"), List.of(), Storage.I32, List.of("L", "S"), Scaling.NONE);
  private static final Segment LABEL =
      new Segment(
          Kind.ONE_HOT,
          List.of("label"),
          List.of(),
          Storage.U8,
          List.of("no", "yes"),
          Scaling.NONE);

  private static Encoding encoding(Missing missing) {
    return new Encoding(
        Encoding.VERSION,
        List.of(
            new TensorEncoding("features", List.of(10L), List.of(NUMBERS, COLOUR, PIXELS, SIZE))),
        List.of(new TensorEncoding("label", List.of(2L), List.of(LABEL))),
        missing,
        7,
        Unseen.REFUSE);
  }

  private static MiniBatch through(Encoding encoding, @Nullable Object[]... rows)
      throws InvalidValueException {
    ByteBuffer records = ByteBuffer.allocateDirect(rows.length * encoding.recordBytes());
    for (@Nullable Object[] row : rows) {
      assertThat(encoding.encoder().encode(row, records)).isTrue();
    }
    return encoding.decoder().decode(records.flip().order(ByteOrder.LITTLE_ENDIAN), rows.length);
  }

  @Test
  void givesBackEveryKindOfColumnScaledAndExpanded() throws InvalidValueException {
    MiniBatch batch =
        through(
            encoding(Missing.REFUSE),
            new Object[] {" 12 ", 180, "green", new byte[] {1, 2, 3, (byte) 255}, "S", "yes"},
            new Object[] {8.0, 100L, "red", List.of(0, "4", 5.0, 6), "L", "no"});

    assertThat(batch.features().get(0).toFloatMatrix())
        .isEqualTo(
            new float[][] {
              {1, 8, 0, 1, 0, 1, 2, 4, 508, 1},
              {-1, 0, 0, 0, 1, 0, 4, 8, 10, 0}
            });
    assertThat(batch.labels().get(0).toFloatMatrix()).isEqualTo(new float[][] {{0, 1}, {1, 0}});
  }

  @Test
  void keepsTheWeightOfEachRowBehindItsLabel() throws InvalidValueException {
    Encoding plain = encoding(Missing.REFUSE);
    Segment weight =
        new Segment(Kind.NUMBER, List.of("w"), List.of(), Storage.F32, List.of(), Scaling.NONE);
    Encoding weighted =
        new Encoding(
            plain.version(),
            plain.inputs(),
            plain.outputs(),
            plain.missing(),
            plain.fill(),
            plain.unseen(),
            List.of(new TensorEncoding("weight", List.of(1L), List.of(weight))),
            List.of());

    MiniBatch batch =
        through(
            Encoding.fromJson(weighted.toJson()),
            new Object[] {1, 2, "red", new byte[4], "L", "no", 0.5},
            new Object[] {1, 2, "red", new byte[4], "L", "yes", 2});

    assertThat(batch.weights().orElseThrow().toFloatMatrix())
        .isEqualTo(new float[][] {{0.5f}, {2}});
    assertThat(batch.labels().get(0).toFloatMatrix()).isEqualTo(new float[][] {{1, 0}, {0, 1}});
    assertThat(plain.toJson()).doesNotContain("weights");
    assertThat(Encoding.fromJson(plain.toJson()))
        .isEqualTo(plain)
        .isEqualTo(weighted.withoutWeights());
  }

  @Test
  void decodesShortBatchesAfterLongOnes() throws InvalidValueException {
    Encoding encoding = encoding(Missing.REFUSE).withoutOutputs();
    Object[] row = {1, 2, "red", new byte[4], "L"};
    ByteBuffer records = ByteBuffer.allocate(3 * encoding.recordBytes());
    for (int i = 0; i < 3; i++) {
      assertThat(encoding.encoder().encode(row, records)).isTrue();
    }
    RecordDecoder decoder = encoding.decoder();

    MiniBatch two = decoder.decode(records.flip(), 2);
    MiniBatch one = decoder.decode(records, 1);

    assertThat(two.features().get(0).shape()).containsExactly(2, 10);
    assertThat(one.features().get(0).shape()).containsExactly(1, 10);
    assertThat(one.labels()).isEmpty();
    assertThat(one.features().get(0).toFloatVector())
        .isEqualTo(two.features().get(0).getRow(1).toFloatVector());
  }

  @Test
  void namesColumnRuleAndValue() {
    assertThatThrownBy(() -> encode(0, "tall")).hasMessage("must be a number, got tall");
    assertThatThrownBy(() -> encode(0, Double.NaN)).hasMessage("must be finite, got NaN");
    assertThatThrownBy(() -> encode(1, "12f")).hasMessage("must be a number, got 12f");
    assertThatThrownBy(() -> encode(2, "pink"))
        .hasMessage("must be one of [blue, green, red], got pink");
    assertThatThrownBy(() -> encode(3, "1 2 3")).hasMessage("must hold 4 numbers, got 3");
    assertThatThrownBy(() -> encode(3, "1 2 3 256"))
        .hasMessage("must be a whole number from 0 to 255, got 256.0");
    assertThatThrownBy(() -> encode(4, null))
        .hasMessage("must not be missing, got nothing")
        .isInstanceOfSatisfying(
            InvalidValueException.class, e -> assertThat(e.column()).isEqualTo("size"));
  }

  @Test
  void dropsOrFillsMissingNumbersAndNeverFillsLabels() throws InvalidValueException {
    Object[] row = {"", 180, "red", new byte[4], "L", "yes"};
    ByteBuffer record = ByteBuffer.allocate(64);
    assertThat(encoding(Missing.DROP).encoder().encode(row, record)).isFalse();

    MiniBatch filled = through(encoding(Missing.FILL), row);
    assertThat(filled.features().get(0).getFloat(0, 0)).isEqualTo((7f - 10f) * 0.5f);

    row[5] = "";
    assertThatThrownBy(() -> through(encoding(Missing.FILL), row))
        .hasMessage("must not be missing, got nothing");
  }

  @Test
  void ignoresUnseenCategoriesOfOneHotColumnsAlone() throws InvalidValueException {
    Encoding strict = encoding(Missing.REFUSE);
    Encoding ignoring =
        new Encoding(
            Encoding.VERSION, strict.inputs(), strict.outputs(), Missing.REFUSE, 0, Unseen.IGNORE);
    Object[] row = {10, 100, "pink", new byte[4], "L", "yes"};

    float[] features = through(ignoring, row).features().get(0).toFloatVector();

    assertThat(Arrays.copyOfRange(features, 2, 5)).as("blue, green, red").containsOnly(0);
    assertThat(features[9]).as("size").isZero();
    row[4] = "XL";
    assertThatThrownBy(() -> through(ignoring, row)).hasMessageContaining("must be one of [L, S]");
    row[4] = "L";
    row[5] = "maybe";
    assertThatThrownBy(() -> through(ignoring, row)).hasMessageContaining("got maybe");
  }

  @Test
  void comesBackFromJsonAsItWas() {
    Encoding encoding = encoding(Missing.FILL);
    assertThat(Encoding.fromJson(encoding.toJson())).isEqualTo(encoding);
    assertThatThrownBy(() -> Encoding.fromJson("{\"version\": 7}"))
        .isInstanceOf(DataException.class);
  }

  @Test
  void namesWhatDiffersFromAnotherEncoding() {
    Encoding model = encoding(Missing.REFUSE);
    Segment other =
        new Segment(
            Kind.ONE_HOT,
            List.of("colour"),
            List.of(),
            Storage.U8,
            List.of("a", "b", "c"),
            Scaling.NONE);
    Encoding changed =
        new Encoding(
            Encoding.VERSION,
            List.of(
                new TensorEncoding(
                    "features", List.of(10L), List.of(NUMBERS, other, PIXELS, SIZE))),
            model.outputs(),
            model.missing(),
            0,
            Unseen.REFUSE);

    model.requireFits(model.withoutOutputs());
    assertThatThrownBy(() -> model.requireFits(changed))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Invalid data for this model: input features column colour categories must be"
                + " [blue, green, red], got [a, b, c]");
  }

  private static void encode(int column, @Nullable Object value) throws InvalidValueException {
    @Nullable Object[] row = {1, 2, "red", new byte[4], "L", "yes"};
    row[column] = value;
    Encoding encoding = encoding(Missing.REFUSE);
    encoding.encoder().encode(Arrays.copyOf(row, row.length), ByteBuffer.allocate(64));
  }
}
