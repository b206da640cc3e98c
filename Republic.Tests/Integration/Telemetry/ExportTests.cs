using System.Text.Json.Nodes;
using Republic.Core.Data;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Telemetry;

/// <summary>What leaves the process for a collector, and what stands on the console, as an operator sets it by the environment.</summary>
public sealed class ExportTests(TestDatabases databases)
{
    [Fact]
    public async Task Traces_and_metrics_go_to_the_collector_that_is_named_and_logs_are_json_with_the_trace()
    {
        await using var collector = new RawUpstream { Script = call => call.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") };
        var folder = Directory.CreateTempSubdirectory("republic-export-");
        var database = await databases.NewAsync();
        try
        {
            var app = await AppProcess.StartAsync(
                new DataFolder(folder.FullName),
                connectionString: database,
                environment: new Dictionary<string, string>
                {
                    ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://{collector.Authority}",
                    ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                    ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
                    ["OTEL_METRIC_EXPORT_INTERVAL"] = "300",
                    ["OTEL_SERVICE_NAME"] = "republic-of-the-test",
                    ["Logging__Console__FormatterName"] = "json",
                    ["Logging__LogLevel__Microsoft.AspNetCore.Hosting"] = "Information",
                }
            );
            await using (app)
            {
                using var http = new HttpClient();
                await http.GetAsync(new Uri(app.Address, "/health/ready"), TestContext.Current.CancellationToken);
                await Until.TrueAsync(() =>
                    collector.Requests.Any(request => request.StartsWith("POST /v1/traces", StringComparison.Ordinal))
                    && collector.Requests.Any(request => request.StartsWith("POST /v1/metrics", StringComparison.Ordinal))
                );
                await app.StopAsync();
            }

            Assert.Contains(collector.Requests, request => request.Contains("republic-of-the-test", StringComparison.Ordinal));
            var lines = app.Output.Split('\n').Where(line => line.Contains("Request finished", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(lines);
            Assert.All(lines, line => Assert.Contains("\"TraceId\":\"", line, StringComparison.Ordinal));
            Assert.All(lines, line => Assert.EndsWith("Z", (string?)JsonNode.Parse(line)!["Timestamp"]));
        }
        finally
        {
            await databases.DropAsync(database);
            folder.Delete(recursive: true);
        }
    }
}
