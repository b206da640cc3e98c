namespace Republic.Sprout.Exams;

/// <summary>The lines of a set of questions; empty ones and those that begin with <c>#</c> are left out.</summary>
internal static class ExamFile
{
    public static IEnumerable<string> Lines(string folder, string file) =>
        File.ReadLines(Path.Combine(folder, file)).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#');

    /// <summary>What stands before and behind the first of a mark; nothing is behind where there is none.</summary>
    public static (string Before, string Behind) Cut(string line, string mark)
    {
        var place = line.IndexOf(mark, StringComparison.Ordinal);
        return place < 0 ? (line.Trim(), "") : (line[..place].Trim(), line[(place + mark.Length)..].Trim());
    }
}
