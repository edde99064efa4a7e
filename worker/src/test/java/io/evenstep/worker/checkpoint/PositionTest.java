package io.evenstep.worker.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.worker.plan.Stopping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PositionTest {
  private static final String HEADER =
      "{\"runId\":\"night\",\"configSha256\":\"ab12\",\"seed\":7,\"wire\":\"INT8\",\"way\":\"averaging-int8\",\"step\":152,\"epoch\":3,"
          + "\"examples\":9728,\"epochLossSum\":1.5,\"epochLosses\":[0.9,0.7,0.5],"
          + "\"epochValidations\":[{\"validation.loss\":0.8},{},{\"validation.loss\":\"NaN\"}],"
          + "\"bestEpoch\":1,\"bestValue\":0.25,\"epochsSinceBest\":2,\"stopped\":false,"
          + "\"platform\":\"x86 \\\"avx2\\\"\"}";

  private static final Position POSITION =
      new Position(
          new Position.Origin("night", "ab12", 7, "INT8", "averaging-int8"),
          152,
          3,
          9728,
          new Position.Losses(
              1.5,
              List.of(0.9, 0.7, 0.5),
              List.of(
                  Map.of("validation.loss", 0.8), Map.of(), Map.of("validation.loss", Double.NaN))),
          new Position.Best(1, 0.25, 2, false),
          "x86 \"avx2\"");

  /** Checkpoints of earlier builds have this header, and later builds must read it. */
  @Test
  void isOneFlatObjectWhoseFieldsKeepTheirNamesAndOrder() {
    assertThat(new String(POSITION.toJson(), StandardCharsets.UTF_8)).isEqualTo(HEADER);
  }

  @Test
  void readsWhatItWrote() throws IOException {
    assertThat(Position.fromJson(HEADER.getBytes(StandardCharsets.UTF_8))).isEqualTo(POSITION);
  }

  @Test
  void readsAHeaderWithoutTheWire() throws IOException {
    String earlier = HEADER.replaceFirst("\"wire\".*\"step\"", "\"step\"");
    Position.Origin origin = Position.fromJson(earlier.getBytes(StandardCharsets.UTF_8)).origin();
    assertThat(origin).isEqualTo(new Position.Origin("night", "ab12", 7, "", ""));
  }

  @Test
  void readsAHeaderWithoutTheWay() throws IOException {
    String earlier = HEADER.replace("\"way\":\"averaging-int8\",", "");
    Position.Origin origin = Position.fromJson(earlier.getBytes(StandardCharsets.UTF_8)).origin();
    assertThat(origin).isEqualTo(new Position.Origin("night", "ab12", 7, "INT8", "int8"));
  }

  @Test
  void refusesWhatIsNoPosition() {
    for (String text : new String[] {"", "null", "[]", "{}", "{", "7"}) {
      assertThatThrownBy(() -> Position.fromJson(text.getBytes(StandardCharsets.UTF_8)))
          .as(text)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void keepsTheBestEpochAndStopsWhenItIsTooLongAgo() {
    Stopping stopping = new Stopping("loss", Stopping.Goal.LOWER, 2, 0.1);

    Position.Best first = Position.Best.NONE.after(0, 0.9, stopping);
    Position.Best second = first.after(1, 0.7, stopping);
    Position.Best third = second.after(2, 0.65, stopping); // no more than minDelta
    Position.Best fourth = third.after(3, 0.71, stopping);

    assertThat(first).isEqualTo(new Position.Best(0, 0.9, 0, false));
    assertThat(second).isEqualTo(new Position.Best(1, 0.7, 0, false));
    assertThat(third).isEqualTo(new Position.Best(1, 0.7, 1, false));
    assertThat(fourth).isEqualTo(new Position.Best(1, 0.7, 2, true));
    assertThat(fourth.after(4, 0.5, Stopping.NEVER).stopped()).isFalse();
  }
}
