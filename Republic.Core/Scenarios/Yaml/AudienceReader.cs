namespace Republic.Core.Scenarios.Yaml;

internal static class AudienceReader
{
    /// <param name="words">The kinds that are written as a word.</param>
    public static Audience? Read(FieldReader fields, YamlNode value, string key, params ReadOnlySpan<AudienceKind> words)
    {
        foreach (var word in words)
        {
            if (value is YamlScalar { IsText: true } scalar && scalar.Text == Words.Of(word))
            {
                return new Audience(word, []);
            }
        }

        if (value is YamlSequence && fields.Names(value, fields.PathOf(key)) is { } names)
        {
            return Audience.Of(names);
        }

        if (value is not YamlSequence)
        {
            var listed = string.Join(", ", words.ToArray().Select(word => Words.Of(word)));
            fields.Add(value, fields.PathOf(key), $"{fields.PathOf(key)} is {listed}, or a list of names of roles.");
        }

        return null;
    }
}
