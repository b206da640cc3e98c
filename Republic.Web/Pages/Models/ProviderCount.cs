namespace Republic.Web.Pages.Models;

public sealed record ProviderCount(string Provider, int Minions, long Answers);
