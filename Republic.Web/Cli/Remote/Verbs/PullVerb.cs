using System.Text.Json.Nodes;
using Republic.Core;

namespace Republic.Web.Cli.Remote.Verbs;

/// <summary><c>republic pull</c>: has the server install a model of its catalogue, or any GGUF file.</summary>
internal static class PullVerb
{
    /// <summary>The options that go with the URL of a file.</summary>
    public static readonly string[] OfFiles = ["--name", "--sha256", "--second-url"];

    public static Task<int> RunAsync(RemoteCall call, CancellationToken ct)
    {
        var wait = new ModelWait(call) { Again = _ => "repeat the command" };
        return wait.RunAsync(stop => BeginAsync(call, wait, stop), ct);
    }

    /// <summary>The body of <c>POST /api/personal-models/download</c>.</summary>
    public static JsonObject Order(OptionReader options, IReadOnlyList<string> words)
    {
        var model = words[0];
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

    /// <summary>Orders the download; an existing model that is paused or has failed is resumed.</summary>
    private static async Task<RemoteModel> BeginAsync(RemoteCall call, ModelWait wait, CancellationToken ct)
    {
        var model = await call.Models.DownloadAsync(call.Arguments.Body, ct);
        var action = model.Status switch
        {
            "paused" => "resume",
            "failed" => "retry",
            _ => null,
        };
        if (action is null)
        {
            return model;
        }

        await call.Models.PostAsync(model.Id!, action, ct);
        return await wait.NowAsync(model, ct);
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
