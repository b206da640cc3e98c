using Republic.Core.Knowledge.Reading;

namespace Republic.Core.Knowledge.Cutting;

/// <summary>The headings that a place of a document stands below.</summary>
internal sealed class HeadingPath
{
    private const int MostLevels = 4;
    private readonly List<(int Level, string Text)> open = [];

    public string? Text => open.Count == 0 ? null : string.Join(" › ", open.TakeLast(MostLevels).Select(heading => heading.Text));

    public void Take(Block heading, string text)
    {
        open.RemoveAll(above => above.Level >= heading.Level);
        open.Add((heading.Level, text));
    }
}
