namespace Republic.Core.Citizens;

/// <summary>Which providers there are, for modules that may not use them.</summary>
public interface IProviderNames
{
    bool IsKnown(string name);
}
