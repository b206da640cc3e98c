using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Web.Http;

namespace Republic.Tests.Unit.Http;

public sealed class OutcomeResultsTests
{
    [Fact]
    public async Task A_failure_becomes_problem_details_with_its_errors_by_field()
    {
        var (context, problem) = await WriteAsync(
            Failure.Invalid([
                new FieldError("base_url", "It is private."),
                new FieldError("base_url", "It has no scheme."),
                new FieldError("name", "Too long."),
            ])
        );

        Assert.Equal(400, context.Response.StatusCode);
        Assert.Equal("application/problem+json", context.Response.ContentType);
        Assert.Equal("It is private.", problem["detail"]!.GetValue<string>());
        Assert.Equal(["It is private.", "It has no scheme."], problem["errors"]!["base_url"]!.AsArray().Select(e => e!.GetValue<string>()));
        Assert.Equal("Too long.", problem["errors"]!["name"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task A_failure_that_knows_when_to_come_back_says_so()
    {
        var (context, _) = await WriteAsync(Failure.TooMany("Too many.") with { RetryAfter = TimeSpan.FromSeconds(11.2) });

        Assert.Equal(429, context.Response.StatusCode);
        Assert.Equal("12", context.Response.Headers.RetryAfter);
    }

    [Fact]
    public void On_a_page_each_error_stands_beside_its_field()
    {
        var state = new ModelStateDictionary();
        state.AddFailure(Failure.Invalid("base_url", "It is private."));
        state.AddFailure(Failure.Conflict("It has changed."));

        Assert.Equal("It is private.", state["Input.BaseUrl"]!.Errors.Single().ErrorMessage);
        Assert.Equal("It has changed.", state[""]!.Errors.Single().ErrorMessage);
    }

    [Fact]
    public void Every_kind_of_failure_has_a_status_code() =>
        Assert.All(Enum.GetValues<FailureKind>(), kind => Assert.InRange(new Failure(kind, "x", []).StatusCode(), 400, 599));

    private static async Task<(HttpContext, JsonNode)> WriteAsync(Failure failure)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Response.Body = new MemoryStream();
        await failure.ToProblem().ExecuteAsync(context);
        context.Response.Body.Position = 0;
        return (context, (await JsonNode.ParseAsync(context.Response.Body))!);
    }
}
