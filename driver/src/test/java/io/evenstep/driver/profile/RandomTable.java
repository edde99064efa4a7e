package io.evenstep.driver.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A table with unusual columns, drawn from a seed. */
final class RandomTable {
  private static final List<String> NAMES =
      List.of(
          "x",
          "yes",
          "null",
          "a b",
          "a,b",
          "a\"b",
          "'q'",
          "#c",
          "- d",
          "e: f",
          "{g}",
          "[h]",
          "*",
          "p*",
          "c0..c9",
          "größe",
          "数",
          "😀",
          "1st",
          "%",
          "@at",
          "back\\slash",
          "`tick`",
          "dot.ted",
          "&amp",
          "!bang",
          "?",
          "tab\tbed",
          "true",
          "1.5",
          "~",
          "=",
          "very " + "long ".repeat(30) + "name");
  private static final List<String> WORDS =
      List.of(
          "red", "green", "blue", "größer", "数", "yes", "NA", "a,b", "\"q\"", "it's", "#", "😀 x");

  final List<String> header = new ArrayList<>();
  final List<List<String>> rows = new ArrayList<>();
  private final Random random;

  RandomTable(long seed) {
    random = new Random(seed);
    int columns = 1 + random.nextInt(12) + (random.nextInt(20) == 0 ? 300 : 0);
    int count = 12 + random.nextInt(60);
    for (int i = 0; i < count; i++) {
      rows.add(new ArrayList<>());
    }
    for (int i = 0; i < columns; i++) {
      header.add(name(i));
      addColumn(random.nextInt(22), random.nextInt(3) * 0.2);
    }
    header.add("at least one of use");
    addColumn(0, 0.1);
    header.add("the label");
    addLabel(random.nextInt(5));
  }

  private String name(int column) {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    return header.contains(name) ? name + " " + column : name;
  }

  private void addColumn(int kind, double missing) {
    String nothing = List.of("", "NA", "?", "null", " ").get(random.nextInt(5));
    for (int i = 0; i < rows.size(); i++) {
      rows.get(i).add(random.nextDouble() < missing ? nothing : cell(kind, i));
    }
  }

  private String cell(int kind, int row) {
    return switch (kind) {
      case 0 -> String.valueOf(random.nextGaussian());
      case 1 -> String.valueOf(random.nextInt(100));
      case 2 -> String.valueOf(Math.exp(20 * random.nextGaussian()));
      case 3 -> WORDS.get(random.nextInt(WORDS.size()));
      case 4 -> random.nextBoolean() ? "Yes" : "no";
      case 5 -> "2020-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(10);
      case 6 ->
          random.nextInt(12)
              + 1
              + "/"
              + (random.nextInt(28) + 1)
              + "/19"
              + (10 + random.nextInt(90));
      case 7 -> "same";
      case 8 -> "";
      case 9 -> "id-" + row;
      case 10 -> String.valueOf(row);
      case 11 -> "some words of text " + random.nextInt() + " größer";
      case 12 -> random.nextInt(30) == 0 ? "oops" : String.valueOf(random.nextInt(1000));
      case 13 -> "0" + random.nextInt(9) + ":" + (10 + random.nextInt(49));
      case 14 -> String.valueOf(1.6e9 + row);
      case 15 -> String.format(Locale.GERMANY, "%,.2f €", 9_999 * random.nextGaussian());
      case 16 -> String.format(Locale.US, "$%,d", random.nextInt(5_000_000));
      case 17 -> random.nextInt(100) + (random.nextBoolean() ? " %" : ",5 %");
      case 18 -> List.of("Low", "medium", "HIGH").get(random.nextInt(3));
      case 19 -> random.nextBoolean() ? "Ja" : "nein";
      case 20 -> "a few words about " + WORDS.get(random.nextInt(WORDS.size())) + " " + row;
      default -> "7";
    };
  }

  private void addLabel(int kind) {
    for (int i = 0; i < rows.size(); i++) {
      rows.get(i)
          .add(
              switch (kind) {
                case 0 -> i % 3 == 0 ? "größer" : "x, y";
                case 1 -> String.valueOf(i % 2);
                case 3 -> String.format(Locale.US, "$%,.2f", 1e5 * random.nextDouble());
                case 2 -> i % 11 == 0 ? "" : String.valueOf(random.nextGaussian() * 1e6);
                default -> i == 5 ? "rare" : i % 2 == 0 ? "true" : "false";
              });
    }
  }

  /** As CSV by RFC 4180. */
  String csv() {
    StringBuilder text = new StringBuilder();
    write(header, text);
    rows.forEach(row -> write(row, text));
    return text.toString();
  }

  private static void write(List<String> cells, StringBuilder text) {
    List<String> quoted =
        cells.stream().map(cell -> "\"" + cell.replace("\"", "\"\"") + "\"").toList();
    text.append(String.join(",", quoted)).append('\n');
  }
}
