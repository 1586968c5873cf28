using System.ComponentModel;
using System.Diagnostics;

namespace Simulant.Text;

/// <summary>What models and checked code have in common: programs started beside this one.</summary>
internal static class Processes
{
    /// <summary>Kills a process and all that it started; false where it had ended by itself, or is not ours to end.</summary>
    public static bool End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or AggregateException or Win32Exception)
        {
            return false;
        }
    }
}
