using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Republic.Tests.World;

namespace Republic.Tests.Architecture;

/// <summary>Outside clients are written against the API: a change of it is seen in review, as a change of the snapshot.</summary>
public sealed class OpenApiTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public async Task The_api_is_what_the_snapshot_says()
    {
        var document = await republic.Jonas.Api.GetAsync("/openapi/v1.json");
        document.AsObject().Remove("servers");
        var served = document.ToJsonString(Readable) + "\n";
        var file = Path.Combine(SourceFile.Root, "Republic.Tests", "Architecture", "openapi.json");
        var kept = File.Exists(file) ? await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken) : "";
        if (served != kept && Environment.GetEnvironmentVariable("REPUBLIC_ACCEPT_API") == "1")
        {
            await File.WriteAllTextAsync(file, served, TestContext.Current.CancellationToken);
            return;
        }

        Assert.True(
            served == kept,
            "The API has changed. If it was meant, keep the new snapshot: REPUBLIC_ACCEPT_API=1 dotnet test --filter OpenApiTests\n"
                + FirstDifference(kept, served)
        );
    }

    /// <summary>The document names a schema by its type alone: of two types with one name, one would be described as the other.</summary>
    [Fact]
    public void No_two_bodies_share_the_name_of_a_schema()
    {
        var bodies = republic
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .SelectMany(endpoint => endpoint.Metadata)
            .Select(metadata => (metadata as IProducesResponseTypeMetadata)?.Type ?? (metadata as IAcceptsMetadata)?.RequestType)
            .OfType<Type>()
            .Distinct()
            .ToList();

        Assert.Contains(bodies, type => type.Name == "JobFound");
        Exceptions.None(bodies.GroupBy(type => type.Name).Where(types => types.Count() > 1).Select(types => types.Key));
    }

    private static string FirstDifference(string kept, string served)
    {
        var (was, now) = (kept.Split('\n'), served.Split('\n'));
        var line = was.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"Line {line + 1}\n- {was.ElementAtOrDefault(line)}\n+ {now.ElementAtOrDefault(line)}";
    }
}
