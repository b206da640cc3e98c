using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Republic.Core.Providers.Telemetry;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Telemetry;

public sealed class TraceTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Said = "canary-said-7f3a";

    [Fact]
    public async Task A_routed_call_is_one_span_with_a_span_below_it_for_each_model_that_was_asked()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is RouterInstruments.Name or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var broken = new FakeVendor();
        await using var vendor = new FakeVendor();
        broken.Refuses(HttpStatusCode.ServiceUnavailable, $"Broken {Said}");
        var minion = await WithFallbackAsync(broken, vendor);
        using var outside = new OutsideClient(republic.Address, minion.Key);
        await outside.AnswerAsync($$"""{"messages":[{"role":"user","content":"{{Said}}"}]}""");

        var second = await Until.SomethingAsync(() =>
            Task.FromResult(spans.FirstOrDefault(span => span.DisplayName == "chat second-of-traces"))
        );
        var first = spans.Single(span => span.DisplayName == "chat first-of-traces");
        var route = await Until.SomethingAsync(() => Task.FromResult(spans.FirstOrDefault(span => span.SpanId == second.ParentSpanId)));

        Assert.Equal(("route chat", first.TraceId), (route.DisplayName, second.TraceId));
        Assert.Equal(route.SpanId, first.ParentSpanId);
        Assert.Equal(true, route.GetTagItem("republic.fallback"));
        Assert.Equal((ActivityKind.Client, ActivityStatusCode.Error), (first.Kind, first.Status));
        Assert.Equal("unavailable", first.GetTagItem("error.type"));
        Assert.Equal("127.0.0.1", second.GetTagItem("server.address"));
        Assert.Equal("custom", second.GetTagItem("gen_ai.provider.name"));
        Assert.Equal("chat", second.GetTagItem("gen_ai.operation.name"));
        Assert.Equal("second-of-traces", second.GetTagItem("gen_ai.request.model"));
        Assert.Equal("vendor-model", second.GetTagItem("gen_ai.response.model"));
        Assert.Null(first.GetTagItem("gen_ai.response.model"));
        Assert.Equal("answered", route.GetTagItem("republic.outcome"));
        Assert.NotNull(second.GetTagItem("gen_ai.usage.input_tokens"));
        Assert.True(second.Duration <= route.Duration);
        var server = await Until.SomethingAsync(() => Task.FromResult(spans.FirstOrDefault(span => span.SpanId == route.ParentSpanId)));
        Assert.Equal((ActivityKind.Server, "POST /v1/chat/completions"), (server.Kind, server.DisplayName));
        Assert.Equal("/v1/chat/completions", server.GetTagItem("http.route"));
        Assert.Equal("POST", server.GetTagItem("http.request.method"));
        Assert.Equal(200, server.GetTagItem("http.response.status_code"));
        Assert.All(
            spans.SelectMany(span => span.TagObjects.Select(tag => $"{tag.Value}").Append(span.StatusDescription ?? "")),
            text => Assert.DoesNotContain(Said, text, StringComparison.Ordinal)
        );
        Assert.DoesNotContain("traceparent", vendor.LastRequest.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    private async Task<TestMinion> WithFallbackAsync(FakeVendor first, FakeVendor second)
    {
        var person = await republic.NewPersonAsync("Tracer");
        var fallback = new JsonObject
        {
            ["provider"] = "custom",
            ["model_id"] = "second-of-traces",
            ["base_url"] = second.BaseUrl.ToString(),
        };
        return await person.NewMinionAsync(
            "traced",
            first,
            new JsonObject
            {
                ["model_id"] = "first-of-traces",
                ["fallbacks"] = new JsonArray(fallback),
                ["fallback_consent"] = true,
            }
        );
    }
}
