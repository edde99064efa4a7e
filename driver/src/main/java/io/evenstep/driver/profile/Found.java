package io.evenstep.driver.profile;

/** The type of a column's cells. */
enum Found {
  NUMBER("numbers"),
  WHOLE("whole numbers"),
  TRUTH("true or false"),
  TIME("dates or times"),
  CATEGORY("a few categories"),
  TEXT("free text"),
  NUMBERS("lists of numbers"),
  NESTED("nested values"),
  EMPTY("nothing");

  private final String words;

  Found(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  boolean isNumber() {
    return this == NUMBER || this == WHOLE;
  }
}
