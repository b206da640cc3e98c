namespace Republic.Core.Scenarios.Yaml;

/// <param name="Entries">In the order of the text; each key once.</param>
internal sealed record YamlMapping(IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries, int Line, int Column) : YamlNode(Line, Column)
{
    public (YamlScalar Key, YamlNode Value)? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key.Text == key)
            {
                return entry;
            }
        }

        return null;
    }
}
