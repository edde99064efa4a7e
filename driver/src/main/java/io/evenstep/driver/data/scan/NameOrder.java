package io.evenstep.driver.data.scan;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The order of categories and classes. */
public final class NameOrder {
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

  private NameOrder() {}

  /** Whether a name is a number. */
  public static boolean isNumber(String name) {
    return NUMBER.matcher(name).matches();
  }

  /** Numerically if all are numbers, else alphabetically. */
  static List<String> sorted(Collection<String> names) {
    Comparator<String> order = Comparator.naturalOrder();
    if (names.stream().allMatch(NameOrder::isNumber)) {
      order = Comparator.comparingDouble(Double::parseDouble);
      order = order.thenComparing(Comparator.naturalOrder());
    }
    return names.stream().sorted(order).toList();
  }
}
