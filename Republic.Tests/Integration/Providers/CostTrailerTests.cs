using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Providers;

/// <summary>Over HTTP/2, which has trailers.</summary>
public sealed class CostTrailerTests(CostTrailerTests.Node republic) : IClassFixture<CostTrailerTests.Node>
{
    [Fact]
    public async Task A_stream_names_its_cost_in_a_trailer()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Trail");
        var minion = await person.NewMinionAsync("sage", vendor, new JsonObject { ["allow_raw"] = true });
        await person.Api.PostAsync(
            $"/api/users/{person.Id}/prices",
            new
            {
                provider = "custom",
                model = "vendor-model",
                input = 0,
                output = 1000,
            }
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(republic.Second, "/v1/chat/completions"));
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        request.Headers.Authorization = new("Bearer", minion.Key);
        request.Content = JsonContent.Create(new { messages = new[] { new { role = "user", content = "Hi" } }, stream = true });

        using var answer = await person.Api.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("x-republic-cost", answer.Headers.Trailer.Single());
        Assert.Equal("0.003", answer.TrailingHeaders.GetValues("x-republic-cost").Single());
    }

    public sealed class Node(TestDatabases databases) : RunningRepublic(databases)
    {
        protected override IEnumerable<(string Key, string Value)> Settings =>
            [
                ("Kestrel:Endpoints:A:Url", "http://127.0.0.1:0"),
                ("Kestrel:Endpoints:B:Url", "http://127.0.0.1:0"),
                ("Kestrel:Endpoints:B:Protocols", "Http2"),
            ];

        public Uri Second => new(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Last());
    }
}
