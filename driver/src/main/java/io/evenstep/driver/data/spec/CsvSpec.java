package io.evenstep.driver.data.spec;

/**
 * How CSV files are written.
 *
 * @param header whether the first line names the columns; else they are {@code c0, c1, ...}
 * @param delimiter one character
 * @param skip lines of each file before its header or first row
 * @param merged whether files may have other columns; they are joined by name
 */
public record CsvSpec(boolean header, String delimiter, int skip, boolean merged) {}
