using System.Text.Json.Nodes;
using Republic.Core;

namespace Republic.Web.Cli.Remote;

/// <summary>
/// The command line of <c>republic pull</c>, <c>list</c> and <c>show</c>. Options that the verb does not take have their default.
/// </summary>
internal sealed record RemoteArguments(string Verb, Uri Server)
{
    public const string Usage = """
        republic list [--json]
            your personal models, with their size, state, measured speed and use
        republic show NAME|ID [--json]
            everything known about one of them
        republic pull MODEL_ID[:VARIANT] [--load-anyway] [--detach]
            has the server download a model of its catalogue, check, install and test it, and waits until it is ready
        republic pull URL [--name NAME] [--sha256 HEX] [--second-url URL] [--load-anyway] [--detach]
            the same with any GGUF file

          --url          address of the server, such as http://localhost:5080; without it REPUBLIC_URL
          --json         prints the JSON that the API sends
          --name         name of the model for minions
          --sha256       SHA-256 that the file must have
          --second-url   same file elsewhere, used when the first address fails
          --load-anyway  also a model that does not fit into memory
          --detach       returns without waiting

        REPUBLIC_TOKEN holds an access token (rpat_…) with the scope read and, to pull, write; make one at /account/tokens. There is
        no option for it, because every user of a machine can read its command lines.
        Ctrl+C ends the waiting; the server continues. Exit codes: 0 done, 1 not possible, 2 wrong command line, or no Republic that
        accepts the token, 130 stopped.
        """;

    private static readonly string[] OfFiles = ["--name", "--sha256", "--second-url"];

    private static readonly Dictionary<string, (string[] Names, string[] Switches)> Known = new(StringComparer.Ordinal)
    {
        ["list"] = (["--url"], ["--json"]),
        ["show"] = (["--url"], ["--json"]),
        ["pull"] = (["--url", .. OfFiles], ["--load-anyway", "--detach"]),
    };

    /// <summary>The given model: a name or id for <c>show</c>, an id of the catalogue or a URL for <c>pull</c>.</summary>
    public string Model { get; private init; } = "";

    public bool Json { get; private init; }

    public bool Detach { get; private init; }

    /// <summary>The body of <c>POST /api/personal-models/download</c>.</summary>
    public JsonObject Download { get; private init; } = new();

    /// <summary>Parses the arguments after the verb; the failure names every wrong one.</summary>
    /// <param name="address">The value of <see cref="RemoteAddress.Variable"/>; null where it is not set.</param>
    public static Outcome<RemoteArguments> Parse(string verb, IReadOnlyList<string> args, string? address)
    {
        var (names, switches) = Known[verb];
        var (words, rest) = Split(args, names);
        var options = new OptionReader($"republic {verb}", rest, names, switches);
        var (server, model) = (RemoteAddress.Read(options, address), ModelOf(options, verb, words));
        var read = new RemoteArguments(verb, server)
        {
            Model = model,
            Json = options.Has("--json"),
            Detach = options.Has("--detach"),
            Download = verb == "pull" ? DownloadOf(options, model) : new(),
        };
        return options.Problem is { } problem ? problem : read;
    }

    /// <summary>The words that are neither an option's name nor its value, and the rest.</summary>
    private static (List<string> Words, List<string> Options) Split(IReadOnlyList<string> args, string[] names)
    {
        List<string> words = [];
        List<string> options = [];
        for (var i = 0; i < args.Count; i++)
        {
            var isValue = i > 0 && names.Contains(args[i - 1]);
            (isValue || args[i].StartsWith('-') ? options : words).Add(args[i]);
        }

        return (words, options);
    }

    private static string ModelOf(OptionReader options, string verb, List<string> words)
    {
        if (verb == "list" ? words.Count > 0 : words.Count > 1)
        {
            options.Note(words[^1], $"{words[^1]} is one word too many for republic {verb}.");
        }
        else if (verb != "list" && words is not [{ Length: > 0 }])
        {
            options.Note("model", verb == "show" ? "Which model? Give its name or id." : "Which model? Give a model id or an address.");
        }

        return words is [var word] ? word : "";
    }

    private static JsonObject DownloadOf(OptionReader options, string model)
    {
        var body = new JsonObject();
        if (RemoteAddress.Parse(model) is not null)
        {
            body["url"] = model;
            Add(body, "custom_name", options.Text("--name"));
            Add(body, "sha256", Sha256Of(options));
            Add(body, "second_url", SecondUrlOf(options));
        }
        else
        {
            var colon = model.LastIndexOf(':');
            body["model_id"] = colon < 0 ? model : model[..colon];
            Add(body, "variant", colon < 0 ? null : model[(colon + 1)..]);
            foreach (var name in OfFiles.Where(options.Has))
            {
                options.Note(name, $"{name} goes with the address of a file; {model} is taken for a model id.");
            }
        }

        Add(body, "load_anyway", options.Has("--load-anyway") ? true : null);
        return body;
    }

    private static string? Sha256Of(OptionReader options)
    {
        var hash = options.Text("--sha256");
        if (hash is not null && (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit)))
        {
            options.Note("--sha256", $"--sha256 needs 64 hexadecimal digits, and {hash} are none.");
        }

        return hash?.ToLowerInvariant();
    }

    private static string? SecondUrlOf(OptionReader options)
    {
        var second = options.Text("--second-url");
        if (second is not null && RemoteAddress.Parse(second) is null)
        {
            options.Note("--second-url", $"--second-url needs an address that begins with http:// or https://, and {second} is none.");
        }

        return second;
    }

    private static void Add(JsonObject body, string name, JsonNode? value)
    {
        if (value is not null)
        {
            body[name] = value;
        }
    }
}
