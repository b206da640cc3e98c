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

    /// <summary>
    /// A generated column takes only what cannot change, and a configuration that is looked up by name could: so each is spelled out. Scripts
    /// without spaces are in no language's hands.
    /// </summary>
    public static string Sql(string heading, string text)
    {
        var languages = Languages.Select(language => $"when '{language}' then '{language}'::regconfig");
        var configuration = $"case language {string.Join(' ', languages)} else 'simple'::regconfig end";
        return $"setweight({Words($"coalesce({heading}, '')")}, 'A') || setweight({Words(text)}, 'B') || {SignPairs.VectorSql($"(coalesce({heading}, '') || ' ' || {text})")}";

        string Words(string of) => $"to_tsvector({configuration}, {SignPairs.WithoutSql(of)})";
    }
}
