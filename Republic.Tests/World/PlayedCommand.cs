using System.Text.Json.Nodes;
using Republic.Web.Cli.Remote;

namespace Republic.Tests.World;

/// <summary>The commands for personal models beside a server that plays the API, with everything that they print.</summary>
internal sealed class PlayedCommand : IAsyncDisposable
{
    public const string List = "GET /api/personal-models";

    private readonly StringWriter output = new() { NewLine = "\n" };
    private readonly StringWriter error = new() { NewLine = "\n" };

    public PlayedApi Api { get; } = new();

    public string Output => output.ToString();

    public string Error => error.ToString();

    /// <summary>What a person types; null where nobody can be asked.</summary>
    public string? Typed { get; set; }

    /// <summary>The body of the last request.</summary>
    public JsonNode? Body => JsonNode.Parse(Api.Requests[^1].Split("\r\n\r\n")[1]);

    /// <summary>The models of the person, each as JSON.</summary>
    public void Has(params string[] models) =>
        Api.Says(List, $$"""{"personal_models":[{{string.Join(',', models)}}],"next_cursor":null}""");

    public Task<int> RunAsync(string verb, params string[] args) => RunAsync(verb, args, TestContext.Current.CancellationToken);

    public Task<int> RunAsync(string verb, string[] args, CancellationToken ct) =>
        new RemoteCommand(output, error, name => name == "REPUBLIC_TOKEN" ? "rpat_0123456789" : Api.Url)
        {
            Every = TimeSpan.FromMilliseconds(2),
            Input = Typed is null ? null : new StringReader(Typed),
        }.RunAsync(verb, args, ct);

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await output.DisposeAsync();
        await error.DisposeAsync();
    }
}
