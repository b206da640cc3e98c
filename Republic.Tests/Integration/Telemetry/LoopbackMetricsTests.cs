using System.Net;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Telemetry;

/// <summary><c>/metrics</c> without a token, where it is said that whoever comes from this machine may see it.</summary>
public sealed class LoopbackMetricsTests(LoopbackMetricsTests.OpenRepublic republic) : IClassFixture<LoopbackMetricsTests.OpenRepublic>
{
    [Theory]
    [InlineData(null, HttpStatusCode.OK)]
    [InlineData("X-Forwarded-For", HttpStatusCode.Unauthorized)]
    [InlineData("X-Forwarded-Host", HttpStatusCode.Unauthorized)]
    [InlineData("Forwarded", HttpStatusCode.Unauthorized)]
    [InlineData("Via", HttpStatusCode.Unauthorized)]
    [InlineData("X-Real-IP", HttpStatusCode.Unauthorized)]
    public async Task It_answers_this_machine_and_nobody_who_was_forwarded(string? header, HttpStatusCode expected)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(republic.Address, "/metrics"));
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, "1.1 proxy.example");
        }

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(expected == HttpStatusCode.OK, body.Contains("republic_calls_waiting", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_token_opens_it_where_none_is_set()
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(republic.Address, "/metrics"));
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "198.51.100.7");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer ");

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    public sealed class OpenRepublic(TestDatabases databases) : RunningRepublic(databases)
    {
        protected override IEnumerable<(string Key, string Value)> Settings => [("Metrics:Loopback", "true")];
    }
}
