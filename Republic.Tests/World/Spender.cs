using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Providers.Calls;

namespace Republic.Tests.World;

/// <summary>
/// Somebody whose calls cost money. Prices make sums easy: a prompt costs nothing, a thousand tokens of an answer a dollar. The vendor says
/// that it wrote 3 tokens, so an answer costs $0.003, and one of at most 100 tokens sets $0.10 aside.
/// </summary>
public sealed class Spender : IAsyncDisposable
{
    public const decimal Answer = 0.003m;

    private readonly IRepublic republic;

    private Spender(IRepublic republic, Inhabitant person) => (this.republic, Person) = (republic, person);

    public Inhabitant Person { get; }

    public FakeVendor Vendor { get; } = new();

    public TestMinion Minion { get; private set; } = null!;

    public string Budgets => $"/api/users/{Person.Id}/budgets";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Spender> NewAsync(IRepublic republic)
    {
        var spender = new Spender(republic, await republic.NewPersonAsync($"p{Guid.CreateVersion7():N}"[..24]));
        spender.Minion = await spender.NewMinionAsync("sage", new JsonObject { ["max_tokens"] = 100 });
        await spender.PriceAsync("vendor-model", 1000);
        return spender;
    }

    public Task<TestMinion> NewMinionAsync(string name, JsonObject more)
    {
        more["allow_raw"] = true;
        return Person.NewMinionAsync(name, Vendor, more);
    }

    /// <summary>For a million tokens of an answer.</summary>
    public Task PriceAsync(string model, decimal output) =>
        Person.Api.PostAsync(
            $"/api/users/{Person.Id}/prices",
            new
            {
                provider = "custom",
                model,
                input = 0,
                output,
            }
        );

    public async Task<string> SetAsync(decimal usd) =>
        (await Person.Api.PostAsync(Budgets, new { monthly_usd = usd }))["budget"]!["id"]!.GetValue<string>();

    public async Task<JsonNode> BudgetAsync() => (await Person.Api.GetAsync(Budgets))["budgets"]![0]!;

    public async Task<decimal> SpentAsync() => (await BudgetAsync())["spent_usd"]!.GetValue<decimal>();

    public async Task<HttpResponseMessage> AskAsync(
        TestMinion? whom = null,
        bool stream = false,
        Uri? node = null,
        CancellationToken? until = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(node ?? republic.Address, "/v1/chat/completions"));
        request.Headers.Add("x-republic-raw", "true");
        request.Headers.Authorization = new("Bearer", (whom ?? Minion).Key);
        request.Content = JsonContent.Create(new { messages = new[] { new { role = "user", content = "Hi" } }, stream });
        return await Person.Api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, until ?? Ct);
    }

    /// <summary>The message by which a call with the person's own token is refused for what it may cost.</summary>
    public async Task<string> RefusalAsync(TestMinion? whom = null)
    {
        var token = (string)(await Person.Api.PostAsync("/api/account/tokens", new { name = "refused" }))["token"]!;
        using var client = new OutsideClient(republic.Address, token);
        var body = $$"""{"model":"{{(whom ?? Minion).RepublicId}}","messages":[{"role":"user","content":"Hi"}]}""";
        return (string)(await client.ErrorAsync(429, "/v1/chat/completions", body))["message"]!;
    }

    public async Task<HttpStatusCode> StatusAsync(Uri? node = null)
    {
        using var answer = await AskAsync(node: node);
        return answer.StatusCode;
    }

    /// <summary>The only one that was made, once it is stored.</summary>
    public async Task<ModelCall> CallAsync()
    {
        ModelCall? call = null;
        await Until.TrueAsync(async () =>
            (call = await republic.QueryAsync(db => db.ModelCalls.SingleOrDefaultAsync(c => c.OwnerId == Person.Id))) is not null
        );
        return call!;
    }

    public ValueTask DisposeAsync() => Vendor.DisposeAsync();
}
