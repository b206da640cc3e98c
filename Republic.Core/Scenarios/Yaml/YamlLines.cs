using System.Text;

namespace Republic.Core.Scenarios.Yaml;

/// <summary>Writes YAML line by line, in block style with two spaces for each level.</summary>
internal sealed class YamlLines
{
    private readonly StringBuilder text = new();
    private int level;

    // The next line is the first of an item of a list.
    private bool isItem;

    /// <summary>How far the lines of a text are indented that is the value of a field.</summary>
    public int TextLevel => level + 1;

    /// <summary>The same for a text that is an item of a list.</summary>
    public int ItemLevel => level;

    public void Field(string key, string scalar) => Line($"{key}: {scalar}");

    public void Text(string key, string? value)
    {
        if (value is not null)
        {
            Field(key, YamlText.Of(value, TextLevel));
        }
    }

    /// <summary>An item of a list that is no mapping.</summary>
    public void Item(string scalar) => Line(scalar);

    /// <summary>A field whose value is a mapping.</summary>
    public void Fields(string key, Action write)
    {
        Line($"{key}:");
        level++;
        var begin = text.Length;
        write();
        level--;
        if (text.Length == begin)
        {
            // Nothing after a colon would be null, and no mapping.
            text.Insert(begin - 1, " {}");
        }
    }

    public void List<T>(string key, IReadOnlyList<T> items, Action<T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        Line($"{key}:");
        level++;
        foreach (var item in items)
        {
            isItem = true;
            level++;
            write(item);
            level--;
        }

        level--;
    }

    public override string ToString() => text.ToString();

    private void Line(string line)
    {
        text.Append(' ', 2 * (isItem ? level - 1 : level)).Append(isItem ? "- " : "").Append(line).Append('\n');
        isItem = false;
    }
}
