namespace Republic.Core.Knowledge;

/// <summary>The words of a row, as PostgreSQL searches them.</summary>
internal static class SearchColumn
{
    /// <summary>Search configurations that come with every PostgreSQL; a text in another language is searched by its words as they stand.</summary>
    public static readonly string[] Languages =
    [
        "danish",
        "dutch",
        "english",
        "finnish",
        "french",
        "german",
        "italian",
        "norwegian",
        "portuguese",
        "romanian",
        "russian",
        "spanish",
        "swedish",
        "turkish",
    ];

    /// <summary>A generated column takes only what cannot change, and a configuration that is looked up by name could: so each is spelled out.</summary>
    public static string Sql(string heading, string text)
    {
        var words = Languages.Select(language => $"when '{language}' then {Vector(language)}");
        return $"case language {string.Join(' ', words)} else {Vector("simple")} end";

        string Vector(string language) =>
            $"setweight(to_tsvector('{language}', coalesce({heading}, '')), 'A') || setweight(to_tsvector('{language}', {text}), 'B')";
    }
}
