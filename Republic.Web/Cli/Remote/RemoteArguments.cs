using System.Text.Json.Nodes;
using Republic.Core;

namespace Republic.Web.Cli.Remote;

/// <summary>The command line of <c>republic pull</c>, <c>list</c> and <c>show</c>. What the verb does not take is left as it is here.</summary>
internal sealed record RemoteArguments(string Verb, Uri Server)
{
    public const string AddressVariable = "REPUBLIC_URL";

    public const string Usage = """
        republic list [--json]
            your personal models, with their size, state, measured speed and use
        republic show NAME|ID [--json]
            all that is known of one of them
        republic pull MODEL_ID[:VARIANT] [--load-anyway] [--detach]
            has the server download a model of its catalogue, check, install and test it, and waits for that
        republic pull URL [--name NAME] [--sha256 HEX] [--second-url URL] [--load-anyway] [--detach]
            the same with any GGUF file

          --url          of the Republic that is asked, such as http://localhost:5080; or in REPUBLIC_URL
          --json         as the API sends it
          --name         what the model will be called
          --sha256       of the whole file; another is refused
          --second-url   where to go on when the first address fails
          --load-anyway  also where it is reckoned not to fit
          --detach       does not wait

        REPUBLIC_TOKEN holds an access token (rpat_…) with the scopes read and, to pull, write; /account/tokens makes them. It is
        read from nowhere else, as everybody on a machine can read its command lines.
        Ctrl+C ends the waiting; the download goes on at the server. Exit codes: 0 done, 1 not possible, 2 wrong command line or no
        Republic that answers to the token, 130 stopped.
        """;

    private const string Needs = "an address such as http://localhost:5080";

    private static readonly string[] OfFiles = ["--name", "--sha256", "--second-url"];

    private static readonly Dictionary<string, (string[] Names, string[] Switches)> Known = new(StringComparer.Ordinal)
    {
        ["list"] = (["--url"], ["--json"]),
        ["show"] = (["--url"], ["--json"]),
        ["pull"] = (["--url", .. OfFiles], ["--load-anyway", "--detach"]),
    };

    /// <summary>The model that is meant: a name or id to <c>show</c>, a catalogue's id or an address to <c>pull</c>.</summary>
    public string Model { get; private init; } = "";

    public bool Json { get; private init; }

    public bool Detach { get; private init; }

    /// <summary>What <c>POST /api/personal-models/download</c> takes.</summary>
    public JsonObject Download { get; private init; } = new();

    /// <param name="address">What <see cref="AddressVariable"/> holds.</param>
    public static Outcome<RemoteArguments> Parse(string verb, IReadOnlyList<string> args, string? address)
    {
        var (names, switches) = Known[verb];
        var (words, rest) = Split(args, names);
        var options = new OptionReader($"republic {verb}", rest, names, switches);
        var (server, model) = (ServerOf(options, address), ModelOf(options, verb, words));
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

    private static Uri ServerOf(OptionReader options, string? address)
    {
        var given = options.Text("--url");
        var text = given ?? address;
        if (AddressOf(text) is { UserInfo: "", Query: "", Fragment: "" } server)
        {
            return server.AbsolutePath.EndsWith('/') ? server : new Uri(server.AbsoluteUri + "/");
        }

        options.Note(
            "--url",
            string.IsNullOrWhiteSpace(text)
                ? $"Which Republic is meant? --url, or {AddressVariable} in the environment, takes {Needs}."
                : $"{(given is null ? AddressVariable : "--url")} needs {Needs}, and {text} is none."
        );
        return new Uri("http://localhost/");
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
        if (AddressOf(model) is not null)
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
        if (second is not null && AddressOf(second) is null)
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

    private static Uri? AddressOf(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;
}
