using Republic.Core;
using Republic.Core.Minions;
using Republic.Core.Providers.Routing;

namespace Republic.Web.Pages.Models;

/// <param name="Prompt">What was asked for; null where the route stands as it is for any short prompt.</param>
public sealed record RouteView(Minion Minion, Outcome<RoutePreview> Preview, string? Prompt);
