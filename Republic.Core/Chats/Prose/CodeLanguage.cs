using System.Collections.Frozen;

namespace Republic.Core.Chats.Prose;

/// <summary>What a highlighter must know of a language: its words, its comments and its quotes.</summary>
internal sealed record CodeLanguage(
    FrozenSet<string> Keywords,
    IReadOnlyList<string> LineComments,
    (string Open, string Close)? BlockComment,
    string Quotes,
    bool IsMarkup = false
)
{
    private const string CWords =
        "abstract as async await base bool boolean break byte case catch char class const constexpr continue crate decimal default defer "
        + "delete do double else enum export extends extern false final finally float fn for foreach from func function get go goto if impl "
        + "implements import in int interface internal is let lock long loop match mod mut namespace new nil null nullptr of operator out "
        + "override package params private protected pub public readonly record ref return sealed select self set short signed sizeof static "
        + "string struct super switch template this throw throws trait true try type typedef typeof undefined union unsafe unsigned use using "
        + "val var virtual void volatile when where while with yield";

    private const string PythonWords =
        "False None True and as assert async await break class continue def del elif else except finally for from global if import in is "
        + "lambda match nonlocal not or pass raise return self try while with yield begin end module require unless do then";

    private const string ShellWords =
        "case cd do done echo elif else esac exit export fi for function if in local read return set source sudo then trap unset until while";

    private const string SqlWords =
        "add all alter and any as asc begin between by case check column commit constraint create cross database default delete desc distinct "
        + "drop else end exists false foreign from full grant group having if in index inner insert into is join key left like limit not null "
        + "offset on or order outer primary references returning right rollback select set table then true union unique update using values "
        + "view when where with";

    private static readonly CodeLanguage CLike = Of(CWords, ["//"], ("/*", "*/"), "\"'`");
    private static readonly CodeLanguage Hash = Of(PythonWords, ["#"], null, "\"'");
    private static readonly CodeLanguage Shell = Of(ShellWords, ["#"], null, "\"'");
    private static readonly CodeLanguage Sql = Of($"{SqlWords} {SqlWords.ToUpperInvariant()}", ["--"], ("/*", "*/"), "'\"");
    private static readonly CodeLanguage Settings = Of("true false null yes no on off", ["#", ";"], null, "\"'");
    private static readonly CodeLanguage Json = Of("true false null", ["//"], null, "\"");
    private static readonly CodeLanguage Css = Of(
        "important inherit initial none auto unset media supports layer import",
        [],
        ("/*", "*/"),
        "\"'"
    );
    private static readonly CodeLanguage Markup = Of("", [], ("<!--", "-->"), "\"") with { IsMarkup = true };

    private static readonly FrozenDictionary<string, CodeLanguage> ByName = new (CodeLanguage Language, string Names)[]
    {
        (
            CLike,
            "c h cpp c++ cxx hpp cs csharp c# java js javascript jsx mjs ts typescript tsx go golang rust rs kotlin kt swift php dart scala groovy proto zig"
        ),
        (Hash, "python py ruby rb elixir r perl julia"),
        (Shell, "bash sh shell zsh console powershell ps1 dockerfile makefile"),
        (Sql, "sql postgres postgresql plsql sqlite mysql"),
        (Settings, "yaml yml toml ini conf nginx properties env"),
        (Json, "json json5 jsonc jsonl"),
        (Css, "css scss less"),
        (Markup, "html xml svg xaml razor cshtml vue"),
    }
        .SelectMany(entry => entry.Names.Split(' ').Select(name => KeyValuePair.Create(name, entry.Language)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static CodeLanguage? Find(string? name) => name is null ? null : ByName.GetValueOrDefault(name);

    private static CodeLanguage Of(string words, IReadOnlyList<string> lineComments, (string, string)? blockComment, string quotes) =>
        new(
            words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal),
            lineComments,
            blockComment,
            quotes
        );
}
