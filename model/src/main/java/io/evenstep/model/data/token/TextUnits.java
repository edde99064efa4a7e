package io.evenstep.model.data.token;

import java.util.ArrayList;
import java.util.List;

/** Cuts texts into characters and words. Joined, the parts are the text. */
public final class TextUnits {
  private TextUnits() {}

  /** The Unicode characters of a text: its code points. */
  public static List<String> characters(String text) {
    return text.codePoints().mapToObj(Character::toString).toList();
  }

  /**
   * The words of a text. A word is a run of letters, digits and combining marks, with the space
   * before it if there is one. Each other character stands alone.
   */
  public static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = endOfWord(text, at);
      words.add(text.substring(at, end));
      at = end;
    }
    return words;
  }

  private static int endOfWord(String text, int start) {
    boolean spaced = text.charAt(start) == ' ' && isOfWord(text, start + 1);
    int end = spaced ? start + 1 : start;
    while (isOfWord(text, end)) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end > start ? end : start + Character.charCount(text.codePointAt(start));
  }

  /** Whether a character of a word begins at a place. */
  static boolean isOfWord(String text, int at) {
    return at < text.length() && isOfWord(text.codePointAt(at));
  }

  /** Whether a character belongs to words. */
  public static boolean isOfWord(int codePoint) {
    int type = Character.getType(codePoint);
    return Character.isLetterOrDigit(codePoint)
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }
}
