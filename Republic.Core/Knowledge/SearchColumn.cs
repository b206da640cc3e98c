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

    /// <summary>An immutable SQL function of the first migration; a generated column may call no other kind.</summary>
    public const string Sql = "passage_search(language, heading, text, bigrams)";
}
