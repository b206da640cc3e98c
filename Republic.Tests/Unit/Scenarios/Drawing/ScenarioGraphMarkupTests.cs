using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;
using Republic.Web.Pages.Scenarios.Graph;

namespace Republic.Tests.Unit.Scenarios.Drawing;

public sealed class ScenarioGraphMarkupTests
{
    private static readonly ScenarioDefinition Scenario = new()
    {
        Name = "Markup",
        States =
        [
            new StateDefinition("begin", NodeType.Start)
            {
                Next =
                [
                    new TransitionDefinition("good", TransitionKind.Manual, "</text><script>1"),
                    new TransitionDefinition("good", TransitionKind.Ask, "</title></text><script>is it good</script> & “right”?"),
                    new TransitionDefinition("gone", TransitionKind.Else),
                ],
            },
            new StateDefinition("good", NodeType.End) { Result = EndResult.Success },
        ],
    };

    [Fact]
    public async Task What_people_write_stays_text_in_the_picture()
    {
        var html = await RenderAsync("_ScenarioGraph", ScenarioGraph.Of(Scenario, state => $"/at/{state}?\"><script>", "good", ["good"]));

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
        Assert.Contains("&lt;/text&gt;&lt;script&gt;1", html, StringComparison.Ordinal);
        Assert.Contains("/at/good?&quot;&gt;&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.Equal(1, Count(html, "aria-current=\"true\""));
        Assert.Equal(1, Count(html, "class=\"badge\""));
        Assert.Equal(2, Count(html, "<a class=\"node\""));
        Assert.Equal(2, Count(html, "class=\"edge-label\""));
        Assert.Equal(1, Count(html, "<title>"));
        Assert.Contains("aria-label=\"Good, end, success, has an error\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_people_write_stays_text_in_the_table()
    {
        var html = await RenderAsync("_ScenarioTable", new ScenarioTable(Scenario, state => $"/at/{state}"));

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;/text&gt;&lt;script&gt;1", html, StringComparison.Ordinal);
        Assert.Equal(3, Count(html, "href=\"/at/good\""));
        Assert.DoesNotContain("/at/gone", html, StringComparison.Ordinal);
        Assert.Contains("Gone, which is not there", html, StringComparison.Ordinal);
    }

    private static int Count(string html, string part) => html.Split(part).Length - 1;

    private static async Task<string> RenderAsync<T>(string partial, T model)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddRazorPages().AddApplicationPart(typeof(ScenarioGraph).Assembly);
        await using var app = builder.Build();
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var http = new DefaultHttpContext { RequestServices = services };
        var view = services
            .GetRequiredService<IRazorViewEngine>()
            .GetView(null, $"/Pages/Scenarios/{partial}.cshtml", isMainPage: false)
            .View!;
        var data = new ViewDataDictionary<T>(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = model };
        await using var html = new StringWriter();
        await view.RenderAsync(
            new ViewContext(
                new ActionContext(http, new RouteData(), new ActionDescriptor()),
                view,
                data,
                new TempDataDictionary(http, services.GetRequiredService<ITempDataProvider>()),
                html,
                new HtmlHelperOptions()
            )
        );
        return html.ToString();
    }
}
